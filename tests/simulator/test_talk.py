"""What the simulator talks about beyond the course's prompts: the course's words, facts told, small inventions."""

import json

import pytest

from playground import encodings
from simulator.course import terms
from simulator.intents import plan
from tests.simulator.conftest import send


def user(text):
    return {"role": "user", "content": text}


def planned(*texts, system=None):
    messages = [{"role": "system", "content": system}] if system else []
    return plan({"messages": [*messages, *map(user, texts)]})


def usual(*texts, system=None) -> str:
    return planned(*texts, system=system).text[0][1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_word_of_the_glossary_is_quoted_when_it_is_asked_for(language):
    for term in terms(language):
        question = f"What does {term.name} mean?" if language == "en" else f"{term.name} 설명해 줘"

        answer = planned(question)

        if answer.intent != "token":
            assert answer.intent == "term", question
            assert term.text in answer.text[0][1], question
            assert f'"{term.lesson}"' in answer.text[0][1]


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "What is love?",
        "Who is the president?",
        "What is the best choice for dinner tonight in town?",
        "What is usage of a hammer?",
        "세종대왕은 언제 태어났어?",
        "비트코인 가격이 뭐야?",
        "I need a number for a taxi",
        "양자역학 설명해 줘",
    ],
)
def test_what_is_not_in_the_course_is_not_explained(question):
    assert planned(question).intent == "unknown"


@pytest.mark.parametrize(
    ("told", "question", "value"),
    [
        ("I live in Busan.", "Where do I live?", "Busan"),
        ("I'm Ann, I'm 28 years old and I live in Paris.", "How old am I?", "28"),
        ("My favorite colour is dark blue.", "What's my favourite colour?", "dark blue"),
        ("My dog's name is Rex.", "Do you remember my dog's name?", "Rex"),
        ("I work as a nurse.", "What do I do?", "nurse"),
        ("제 취미는 등산이에요.", "내 취미 뭐야?", "등산"),
        ("나는 부산에 살아.", "나 어디 살아?", "부산"),
        ("저는 커피를 좋아해요.", "제가 뭐를 좋아하죠?", "커피"),
    ],
)
def test_a_fact_is_known_if_it_was_sent_and_only_then(told, question, value):
    with_it, without = usual(told, question), usual("Hello!", question)

    assert value in with_it
    assert value not in without
    assert planned(question).intent == "asked back"


def test_what_the_model_itself_said_is_no_fact():
    messages = [user("Hi"), {"role": "assistant", "content": "My hobby is chess."}, user("What is my hobby?")]

    assert "chess" not in plan({"messages": messages}).text[0][1]


@pytest.mark.parametrize(
    "prompt",
    [
        "Write a slogan for a bakery.",
        "빵집 슬로건을 만들어 줘.",
        "Tell me a story about a cat.",
        "고양이 이야기 하나 해 줘",
        "Suggest a name for my cat.",
        "고양이 이름 하나 지어 줘",
        "Give me a random colour.",
        "색깔 하나 추천해 줘",
        "Pick a random number.",
        "아무 숫자나 하나 말해 줘",
    ],
)
def test_small_inventions_have_more_than_30_outcomes(prompt):
    body = {"model": "gpt-4", "messages": [user(prompt)], "n": 120, "seed": 1}

    choices = json.loads(send(body).body)["choices"]

    assert len({choice["message"]["content"] for choice in choices}) >= 30


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("Write a slogan for a bakery.", "A bakery: the best part of your day."),
        ("Pick a random number.", "7."),
        ("Give me a random colour.", "Blue."),
    ],
)
def test_at_temperature_0_an_invention_is_always_the_first(prompt, first):
    answer = json.loads(send({"model": "gpt-4", "messages": [user(prompt)], "temperature": 0}).body)

    assert answer["choices"][0]["message"]["content"] == first


@pytest.mark.parametrize("prompt", ["How does this API work? Explain it in detail.", "API를 길게 설명해 줘"])
def test_one_answer_has_more_than_300_tokens_and_comes_to_its_end(prompt):
    answer = json.loads(send({"model": "gpt-4", "messages": [user(prompt)], "temperature": 0}).body)

    text = answer["choices"][0]["message"]["content"]
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert text == usual(prompt)
    assert encodings.count(text, "cl100k_base") > 300


def test_a_system_message_sets_language_length_and_tone():
    assert usual("Hello! I'm John.", system="Answer only in Korean.").startswith("안녕하세요, John 님!")
    assert usual("안녕! 나는 민수야.", system="영어로 대답해.").startswith("Hello 민수!")
    assert usual("Hello! I'm John.", system="Be brief.") == "Hello John!"
    assert usual("Hello! I'm John.", system="You are a pirate.").startswith("Ahoy John!")
    assert "Robo" in usual("What's your name?", system="Your name is Robo.")
    assert "simulator" in usual("What's your name?", system="Your name is Robo.")


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("What is 12 * 7?", "12 × 7 = 84"),
        ("How much is 5 plus 8?", "5 + 8 = 13"),
        ("10 나누기 4는?", "10 ÷ 4 = 2.5"),
        ("0.1+0.2", "0.1 + 0.2 = 0.3"),
        ("What is 1 / 3?", "1 ÷ 3 ≈ 0.333333"),
        ("What is 1 + 2 * 3?", "1 + 2 × 3 = 7"),
        ("999999999999*999999999999", "999999999999 × 999999999999 = 999999999998000000000001"),
    ],
)
def test_sums_are_right(prompt, answer):
    assert usual(prompt) == answer


def test_dividing_by_zero_has_no_answer_and_what_is_no_sum_is_left():
    assert "zero" in usual("What is 1 / 0?")
    for prompt in ("Solve 2x + 3 = 7", "What happened on 2026-11-23?", "call 02-123-4567"):
        assert planned(prompt).intent == "unknown"


@pytest.mark.parametrize(
    ("model", "encoding", "tokens"),
    [("gpt-4", "cl100k_base", 3), ("gpt-4o", "o200k_base", 2), ("text-davinci-003", "p50k_base", 3)],
)
def test_the_tokens_of_a_quoted_text_are_counted_as_the_asked_model_counts(model, encoding, tokens):
    for question in ("How many tokens is 'ChatGPT'?", "'ChatGPT'는 몇 토큰이야?"):
        answer = plan({"model": model, "messages": [user(question)]})

        assert all(str(tokens) in text and encoding in text for _, text in answer.text)


def test_a_name_alone_is_one_where_it_was_asked_for():
    asked = [{"role": "assistant", "content": "Hi, I'm Bot. What's your name?"}, user("Sofia")]

    greeted = plan({"messages": asked})
    known = plan({"messages": [*asked, user("What's my name?")]})
    without = plan({"messages": [user("Sofia"), user("What's my name?")]})

    assert greeted.intent == "greeting"
    assert "Sofia" in greeted.text[0][1]
    assert "Sofia" in known.text[0][1]
    assert "Sofia" not in without.text[0][1]


def test_the_name_of_a_message_is_known():
    answer = plan({"messages": [{"role": "user", "name": "Zed", "content": "Who am I?"}]})

    assert all("Zed" in text for _, text in answer.text)

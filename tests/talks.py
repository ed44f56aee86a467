"""Conversations that somebody might have had: strategies for the laws of transcripts, branches and files."""

from hypothesis import strategies as st

from playground.transcript import Transcript, Turn

texts = st.text(max_size=12)


def finish(turn: Turn, answer: str) -> None:
    turn.add(answer)
    turn.end("complete" if answer else "failed", None)


def do(talk: Transcript, action: str, place: int, text: str) -> None:
    """Do one of the things that a person can do, to one of the messages there are."""
    shown = talk.path()
    there = list(talk.tree.newest)
    if action == "ask" or not there:
        finish(talk.begin(text), text)
    elif action == "tell":
        talk.extend([{"role": "user", "content": text}, {"role": "assistant", "content": text}])
    elif action == "regenerate" and shown:
        finish(talk.regenerate(shown[place % len(shown)].id), text)
    elif action == "instead" and any(node.role == "user" for node in shown):
        asked = [node for node in shown if node.role == "user"]
        finish(talk.ask_instead(asked[place % len(asked)].id, text), text)
    elif action == "several":
        turn = talk.begin(text, n=2)
        turn.add(text)
        turn.add(text, choice=1)
        turn.end("complete", None)
    elif action == "system":
        talk.system = text
    elif action == "title":
        talk.rename(text)
    else:
        change(talk, action, place, text)


def change(talk: Transcript, action: str, place: int, text: str) -> bool:
    """Do one of the things that can be taken back; answers whether something was done."""
    there = list(talk.tree.newest)
    shown = talk.path()
    if action == "edit" and there:
        before = talk.undoable, len(talk.records)
        talk.edit(there[place % len(there)], text, ("user", "assistant")[place % 2])
        return before != (talk.undoable, len(talk.records))
    if action == "choose" and shown:
        siblings = shown[place % len(shown)].siblings
        talk.choose(siblings[place % len(siblings)])
        return True
    if action == "delete" and shown:
        talk.delete(shown[place % len(shown)].id)
        return True
    return False


ACTIONS = ("ask", "tell", "regenerate", "instead", "several", "system", "title", "edit", "choose", "delete")
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 20), texts), max_size=10)
changes = st.tuples(st.sampled_from(("edit", "choose", "delete")), st.integers(0, 20), texts)
Steps = list[tuple[str, int, str]]


def lived(done: Steps, talk: Transcript | None = None) -> Transcript:
    """A conversation in which all of this was done."""
    talk = talk or Transcript("Be brief.")
    for step in done:
        do(talk, *step)
    return talk


talks: st.SearchStrategy[Transcript] = st.builds(lived, steps)
said: st.SearchStrategy[Transcript] = talks.filter(lambda talk: bool(talk.tree.newest))

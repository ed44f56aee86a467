"""A model's text is shown as it was written: Streamlit's own marks in it stay marks."""

from components.message_view import as_markdown


def test_signs_that_streamlit_would_act_on_are_escaped() -> None:
    assert as_markdown("$5 and $6") == "\\$5 and \\$6"
    assert as_markdown(":red[alarm] :smile:") == "\\:red[alarm] \\:smile:"
    assert as_markdown("![x](http://elsewhere.invalid/a.png)").startswith("\\![")
    assert as_markdown("<script>alert(1)</script>") == "\\<script>alert(1)\\</script>"


def test_ordinary_markdown_stays() -> None:
    text = "# Title\n\n1. **bold** and [a link](https://example.org) at 10:30, ratio 3:2"

    assert as_markdown(text) == text


def test_code_is_left_alone() -> None:
    text = "Run `echo $HOME` or\n```sh\nprice=$5 # :red[x] <b>\n```"

    assert as_markdown(text) == text

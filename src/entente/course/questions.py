"""Questions on the published page: forms that `static/questions.js` checks.

Registered as a MIME renderer of myst-nb in pyproject.toml.
"""

import html
import json
from typing import Any

from docutils import nodes

from entente.questions import MIME_TYPE

QUESTION = """\
<form class="entente-question" id="{id}" data-kind="{kind}" autocomplete="off">
<fieldset>
<legend>{prompt}</legend>
{entry}
</fieldset>
<button type="submit">Check</button>
<noscript><p>Answers are checked where scripts may run.</p></noscript>
<div class="entente-verdict" role="status"></div>
<script type="application/json">{data}</script>
</form>
"""


class QuestionRenderer:
    """Renders a question as a form; takes precedence over widgets and plain text."""

    mime_priority_overrides = (("*", MIME_TYPE, 4),)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the form's node, or None for any other type of output."""
        if data.mime_type != MIME_TYPE or inline:
            return None
        renderer.add_js_file("entente-questions", "questions.js", {"defer": "defer"})
        return [nodes.raw(text=question_html(data.content), format="html")]


def question_html(question: dict[str, Any]) -> str:
    """Return a question as a form."""
    data = json.dumps({"key": question["key"]})
    return QUESTION.format(
        id=question["id"],
        kind=question["kind"],
        prompt=html.escape(question["prompt"]),
        entry=entry(question),
        data=data,
    )


def entry(question: dict[str, Any]) -> str:
    """Return what a reader answers a question with: fields, boxes or a list."""
    name, kind = question["id"], question["kind"]
    if kind == "number":
        unit = f" {html.escape(question['unit'])}" if question["unit"] else ""
        return (
            f'<label>Your answer: <input type="text" inputmode="decimal" size="8" '
            f'name="{name}">{unit}</label>'
        )
    if kind == "order":
        items = "\n".join(
            f'<li data-place="{place}"><span>{html.escape(words)}</span>'
            f'<button type="button" data-by="-1" aria-label="Move up: {html.escape(words)}">↑'
            "</button>"
            f'<button type="button" data-by="1" aria-label="Move down: {html.escape(words)}">↓'
            "</button></li>"
            for place, words in enumerate(question["choices"])
        )
        return f"<ol>\n{items}\n</ol>"
    box = "radio" if kind == "one" else "checkbox"
    return "\n".join(
        f'<label><input type="{box}" name="{name}" value="{place}"> {html.escape(words)}</label>'
        for place, words in enumerate(question["choices"])
    )

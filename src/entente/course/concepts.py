"""The questionnaire on the published page: a form that `static/concepts.js` keeps and compares.

Registered as a MIME renderer of myst-nb in pyproject.toml.
"""

import html
import json
from typing import Any

from docutils import nodes

from entente.concepts import MIME_TYPE
from entente.course.questions import entry

FORM = """\
<form class="entente-questionnaire" data-moment="{moment}" autocomplete="off">
{questions}
<noscript><p>Answers can be kept where scripts may run.</p></noscript>
<p class="entente-keeping">
<button type="submit">{submit}</button>
<button type="button" data-do="save">Save as a file</button>
<button type="button" data-do="load">Load a saved file</button>
<button type="button" data-do="forget">Delete my answers</button>
<input type="file" accept=".json,application/json" hidden>
</p>
<div class="entente-verdict" role="status"></div>
<script type="application/json">{data}</script>
</form>
"""
QUESTION = """\
<div class="entente-question" data-chapter="{chapter}">
<fieldset>
<legend>{place}. {prompt}</legend>
{entry}
</fieldset>
<div class="entente-verdict"></div>
</div>"""
SUBMIT = {"start": "Keep my answers", "final": "Check and compare"}


class QuestionnaireRenderer:
    """Renders the questionnaire as a form; takes precedence over plain text."""

    mime_priority_overrides = (("*", MIME_TYPE, 4),)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the form's node, or None for any other type of output."""
        if data.mime_type != MIME_TYPE or inline:
            return None
        renderer.add_js_file("entente-concepts", "concepts.js", {"defer": "defer"})
        return [nodes.raw(text=questionnaire_html(data.content), format="html")]


def questionnaire_html(asked: dict[str, Any]) -> str:
    """Return a questionnaire as a form."""
    questions = asked["questions"]
    shown = [
        QUESTION.format(
            chapter=chapter,
            place=place,
            prompt=html.escape(question["prompt"]),
            entry=entry(question),
        )
        for place, (chapter, question) in enumerate(questions.items(), 1)
    ]
    keys = {chapter: question["key"] for chapter, question in questions.items()}
    return FORM.format(
        moment=asked["moment"],
        questions="\n".join(shown),
        submit=SUBMIT[asked["moment"]],
        data=json.dumps({"name": asked["name"], "keys": keys}),
    )

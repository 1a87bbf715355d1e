"""A self-check: one question a page, then what the answers come to. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .. import checks
from ..checks import Answers, Outcome, Question
from . import guide_page


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One line of the answers that were given, and the way to change it."""

    question: Question
    answer: checks.Answer
    change: str


def check_detail(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The first question without an answer, or one that `at` names, or the outcome.

    `a` holds the answers so far. The form adds `at` and `answer`, which lead on to an address
    without them; `at` alone is how a browser sends that nothing was chosen.
    """
    if context["edition"].pk is None:  # a preview at the desk, which is read as a whole
        return render(request, "guides/check_all.html", context | {"all": parts_in_full(context)})
    answers = checks.read(context["parts"], request.GET.get("a", ""))
    asked = answers.on_the_way(request.GET.get("at", ""))
    changed = answers.with_answer(asked, request.GET.get("answer", "")) if asked else None
    if asked and changed:
        return unlisted(HttpResponseRedirect(request.path + query_after(changed, asked)))
    question = asked or answers.next
    if question is None:
        response = show_outcome(request, context, answers)
    else:
        is_unanswered = asked is not None and asked == answers.next
        response = show_question(request, context, answers, question, is_unanswered)
    return unlisted(response) if has_answers(request) else response


def has_answers(request: HttpRequest) -> bool:
    return any(name in request.GET for name in ("a", "at", "answer"))


def unlisted(response: HttpResponse) -> HttpResponse:
    """An address with answers is its reader's own: no other site, index or shared cache has it."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def query_of(answers: Answers, at: Question | None = None) -> str:
    known = {"a": answers.text} if answers.text else {}
    return "?" + urlencode(known | ({"at": str(at.number)} if at else {}))


def query_after(answers: Answers, question: Question) -> str:
    """Where answering that question leads. Who came back to change one answer goes on to the
    outcome; who is on the way forward sees the next question, answered before or not."""
    coming = answers.after(question)
    is_known = answers.next is not None and coming is not None and coming != answers.next
    return query_of(answers, coming if is_known else None)


def show_question(
    request: HttpRequest,
    context: dict[str, Any],
    answers: Answers,
    question: Question,
    is_unanswered: bool,
) -> HttpResponse:
    before = answers.before(question)
    passed = [one.number for one in answers.way if one.number <= question.number]
    total = len(checks.questions(answers.parts))
    is_last = answers.next is None or all(one["next"] == checks.END for one in question.answers)
    context |= {
        "question": question,
        "answers": answers,
        "chosen": answers.chosen[question.number - 1],
        "is_first_page": not has_answers(request),
        "is_unanswered": is_unanswered,
        "is_last": is_last,
        "previous": query_of(answers, before) if before else "",
        "skipped": left_out(answers.skipped(question)),
        "total": total,
        "trail": [number in passed for number in range(1, total + 1)],
        "sources": cited_in([question.part], context["sources"]),
    }
    status = 422 if is_unanswered else 200
    return render(request, "guides/check.html", context, status=status)


def show_outcome(request: HttpRequest, context: dict[str, Any], answers: Answers) -> HttpResponse:
    outcomes = answers.outcomes()
    context |= {
        "answers": answers,
        "outcomes": outcomes,
        "heading": heading(outcomes),
        "is_nothing": not any(one.because for one in outcomes),
        "given": [
            AnsweredQuestion(one.question, one.answer, query_of(answers, one.question))
            for one in answers.given
        ],
        "skipped": left_out(answers.skipped()),
        "sources": cited_in([one.part for one in outcomes], context["sources"]),
    }
    return render(request, "guides/check_outcome.html", context)


def left_out(numbers: Sequence[int]) -> dict[str, Any]:
    comma = pgettext("between the parts of a list", ", ")
    return {"count": len(numbers), "numbers": comma.join(map(str, numbers))}


def heading(outcomes: Sequence[Outcome]) -> str:
    """How many things there are to do and to note, in words: never a score."""
    if not any(one.because for one in outcomes):
        return str(outcomes[0].part["title"]) if outcomes else ""
    notes = sum(one.part["verdict"] == "fine" for one in outcomes)
    acts = len(outcomes) - notes
    if not acts:
        words = ngettext("One thing to note", "%(count)s things to note", notes)
        return words % {"count": notes}
    words = ngettext("One thing to deal with", "%(count)s things to deal with", acts)
    first = words % {"count": acts}
    if not notes:
        return first
    second = ngettext("one to note", "%(count)s to note", notes) % {"count": notes}
    return _("%(to_deal_with)s, %(to_note)s") % {"to_deal_with": first, "to_note": second}


def cited_in(
    parts: Sequence[checks.Part], sources: Sequence[guide_page.CitedSource]
) -> list[guide_page.CitedSource]:
    cited = [guide_page.cited_in(part, sources) for part in parts]
    return [line for line in sources if any(line in some for some in cited)]


def parts_in_full(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Every part with the titles of what its answers lead to, as an editor reads it."""
    titles = {part["id"]: part["title"] for part in context["parts"]}
    return [
        part
        | {
            "ways": [
                {
                    "answer": answer,
                    "next": titles.get(answer["next"], ""),
                    "outcomes": [(name, titles[name]) for name in answer["outcomes"]],
                }
                for answer in part["answers"]
            ]
        }
        for part in context["parts"]
    ]

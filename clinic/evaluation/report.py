"""Writes a run down: `report.html` for people, `report.json` for comparing two runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .intents import macro_f1
from .model import IntentScore, Measure, Outcome, Rate, Report
from .pictures import confusion_picture, curve_picture

TEMPLATE = "report.html.j2"
FORM = 1
"""The form of `report.json`; raised when a field changes its meaning."""


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval.low, rate.interval.high
    return {"group": rate.group, "passed": rate.passed, "total": rate.total, "low": low, "high": high}


def _measure(measure: Measure) -> dict[str, Any]:
    groups = [_rate(group) for group in measure.groups]
    return {
        "name": measure.name,
        **_rate(measure.total),
        "median_words": measure.median_words,
        "groups": groups,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    said = [
        {"text": exchange.text, "replies": [{"kind": r.kind, "text": r.text} for r in exchange.replies]}
        for exchange in outcome.exchanges
    ]
    row = {"measure": outcome.measure, "id": outcome.id, "group": outcome.group, "passed": outcome.passed}
    return row | {"why": outcome.why, "confidence": outcome.confidence} | ({} if outcome.passed else {"said": said})


def _intents(intents: IntentScore) -> dict[str, Any]:
    confusion = [
        {"label": label, "guess": guess, "count": count} for (label, guess), count in sorted(intents.confusion.items())
    ]
    row = {
        "macro_f1": intents.macro_f1,
        "macro_f1_labelled": macro_f1(intents.confusion, asked_only=True),
        "not_trusted": intents.not_trusted,
        "confusion": confusion,
    }
    return _rate(intents.right) | row


def as_json(report: Report) -> dict[str, Any]:
    """The whole report as JSON values; what was said only for misses."""
    return {
        "form": FORM,
        "at": report.at,
        "base_url": report.base_url,
        "folder": report.folder,
        "measures": [_measure(measure) for measure in report.measures],
        "intents": _intents(report.intents) if report.intents else None,
        "curve": [{"threshold": p.threshold, "coverage": p.coverage, "precision": p.precision} for p in report.curve],
        "outcomes": [_outcome(outcome) for outcome in report.outcomes],
    }


def as_html(report: Report) -> str:
    """A page that stands alone: no script, no font, no picture from elsewhere."""
    loader = FileSystemLoader(Path(__file__).parent)
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.filters["percent"] = _percent
    # The pictures escape every name they hold.
    confusion = Markup(confusion_picture(report.intents.confusion)) if report.intents else ""
    curve = Markup(curve_picture(report.curve)) if report.curve else ""
    return jinja.get_template(TEMPLATE).render(report=report, confusion=confusion, curve=curve)


def write_report(report: Report, out: Path) -> None:
    """Writes both files into `out`, which is made if it is not there."""
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(as_json(report), ensure_ascii=False, indent=1)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")
    (out / "report.html").write_text(as_html(report), encoding="utf-8")

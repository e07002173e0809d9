"""A live model held warm while a trainer works: it learns in seconds, and says what it would make of a message."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.components.red_flags.detector import REPORT_RED_FLAG, lean_of
from engine.components.red_flags.refitting import head_of
from engine.learning.archive import Packed, read_flags, read_head, read_member, take_apart, with_flags, write_model
from engine.learning.cross_validation import Folds, guess_fold, split
from engine.learning.embedding_cache import encode_taught
from engine.learning.intents import load_heads, save_heads, weigh
from engine.learning.logistic_regression import Fitted, fit_calibrated, fold_of, hold_back, softmax
from engine.learning.options import Options
from engine.learning.red_flags import Message, RedFlagLearning, Told, told_by
from engine.learning.taught import read_emergencies, read_utterances
from language.encoder import Encoder
from language.spelling import Speller
from language.text import normalise, normalise_lines
from language.tuned_layers import FOLDER

Tell = Callable[[str], None]


class Session:
    """The live model's speller, encoder and head, with every vector of what is taught in memory."""

    def __init__(self, root: Path, live: Path) -> None:
        self._root, self._live = root, live
        self._options = Options.load(root / "config.yml")
        self._encoder = Encoder.load(root / "models" / "encoder", tuned=root / FOLDER)
        self._speller = Speller(Counter(json.loads(read_member(live, "words.json"))).elements())
        self._corrected: dict[str, str] = {}
        self._vectors: dict[str, np.ndarray] = {}
        self.heads: Fitted = load_heads(io.BytesIO(read_head(live)))  # type: ignore[arg-type]
        self._guessing = self._held_back(self.heads)
        self._packed: Packed | None = None
        self._made: dict[str, Packed] = {}
        self._flags: RedFlagLearning | None = None
        self._told: Told | None = None
        self._raised: dict[str, dict[str, bool]] = {}
        self._stamps: tuple[Any, ...] = ()
        self._known: tuple[list[tuple[str, str]], np.ndarray] = ([], np.zeros((0, 0), np.float32))
        self._folds: Folds | None = None

    def warm(self) -> int:
        """Read, correct and encode everything that is taught; how many utterances there are."""
        utterances = read_utterances(self._root / "data" / "nlu")
        self._encode([text for text, _ in utterances])
        self._encode([text for text, _ in read_emergencies(self._root / "data" / "red_flags.yml")])
        self._refresh()
        self._packed = self._packed or take_apart(self._live)
        return len(utterances)

    def take(self, live: Path) -> str:
        """Go on from a model that was published meanwhile and shares everything but what is learned quickly."""
        self.heads = load_heads(io.BytesIO(read_head(live)))  # type: ignore[arg-type]
        self._guessing = self._held_back(self.heads)
        before, self._packed = self._packed, self._made.pop(live.name, None)
        self._live = live
        self._made.clear()
        same = before is not None and self._packed is not None and before.flags is self._packed.flags
        if not same:
            self._told = None
            if self._flags is not None:
                self._flags.take(read_flags(live))
        return live.name

    def look(self, text: str, count: int = 6) -> dict[str, Any]:
        """The ranking for a text, and what is taught that is nearest to it: `text`, `intent`, `likeness` up to 1.

        Examples of a red flag stand there as `red flag: name`. What was taught since `warm` is there too.
        """
        self._refresh()
        labelled, rows = self._known
        likeness = rows @ _unit(weigh(self._encode([text]), self._options.tuned))[0]
        nearest = np.argsort(-likeness, kind="stable")[:count]
        told = [{"text": labelled[at][0], "intent": labelled[at][1], "likeness": float(likeness[at])} for at in nearest]
        return {"ranking": self.guess([text])[0], "nearest": told}

    def learn(self, target: Path, tell: Tell) -> dict[str, Any]:
        """Learn what is taught now, on from the live head, and write the whole model to `target`."""
        began = time.monotonic()
        utterances = read_utterances(self._root / "data" / "nlu")
        tell(f"{len(utterances)} utterances read")
        rows = self._encode([text for text, _ in utterances])
        tell("learning")
        labels = np.array([intent for _, intent in utterances])
        folds = np.array([fold_of(text) for text, _ in utterances])
        options = self._options.strength, self._options.given_up
        fitted = fit_calibrated(weigh(rows, self._options.tuned), labels, options, folds, self.heads)
        packed = self._with_flags(tell, [normalise(text) for text, intent in utterances if intent == REPORT_RED_FLAG])
        tell("writing the model")
        kept = io.BytesIO()
        save_heads(kept, fitted)  # type: ignore[arg-type]
        write_model(packed, kept.getvalue(), target)
        self._made = {target.name: packed}
        return {"utterances": len(utterances), "seconds": round(time.monotonic() - began, 2)}

    def raised(self, texts: list[str], archive: Path | None = None) -> list[bool]:
        """Which texts raise a card, by the live model or by a candidate; raises KeyError for a model of before."""
        messages: list[Message] = [
            (normalise_lines(text), self._corrected[text], lean_of(ranking[0]))
            for text, ranking in zip(texts, self.guess(texts, archive), strict=True)
        ]
        return self._warm_flags().raised(messages, head_of(read_flags(archive)) if archive else None)

    def split(self, count: int) -> dict[str, int]:
        """Share what is taught now out over folds; how many `utterances` and `groups` of near copies there are."""
        utterances = read_utterances(self._root / "data" / "nlu")
        rows = weigh(self._encode([text for text, _ in utterances]), self._options.tuned)
        self._folds = split(utterances, rows, count)
        return {"utterances": len(utterances), "groups": self._folds.groups}

    def fold(self, at: int) -> list[list[str]]:
        """Text, intent and guess of each utterance of a fold, by what the others teach; raises ValueError unsplit."""
        if self._folds is None:
            raise ValueError("it was started anew in between: begin again")
        held_back = self._options.reluctant, self._options.reluctance
        return guess_fold(self._folds, at, self._options.strength, held_back)

    def _with_flags(self, tell: Tell, reported: list[str]) -> Packed:
        """The live model's parts that stay, with the red flags learned on where other examples are taught."""
        self._packed = self._packed or take_apart(self._live)
        text = (self._root / "data" / "red_flags.yml").read_text(encoding="utf-8")
        if self._told is None:
            self._told = told_by(read_flags(self._live))
        if self._told.is_of(text, reported):
            return self._packed
        tell("learning the red flags")
        return with_flags(self._live, self._packed, self._warm_flags().learn(text, reported))

    def _warm_flags(self) -> RedFlagLearning:
        if self._flags is None:
            self._flags = RedFlagLearning(read_flags(self._live), self._encoder)
            self._flags.warm()
        return self._flags

    def guess(self, texts: list[str], archive: Path | None = None) -> list[list[dict[str, Any]]]:
        """The ranking of intents for each text, by the live model or another one."""
        guessing = self._guessing
        if archive is not None:
            guessing = self._held_back(load_heads(io.BytesIO(read_head(archive))))  # type: ignore[arg-type]
        logits = guessing.logits(weigh(self._encode(texts), self._options.tuned))
        shares = softmax(logits / guessing.temperature)
        best = np.argsort(-shares, axis=1, kind="stable")[:, :5]
        return [
            [{"name": str(guessing.labels[at]), "confidence": float(row[at])} for at in places]
            for row, places in zip(shares, best, strict=True)
        ]

    def _refresh(self) -> None:
        """What is taught and its vectors, read again where a file changed."""
        emergencies, folder = self._root / "data" / "red_flags.yml", self._root / "data" / "nlu"
        told = [one.stat() for one in [emergencies, *sorted(folder.glob("*.y*ml"))]]
        stamps = tuple((one.st_mtime_ns, one.st_size) for one in told)
        if stamps == self._stamps:
            return
        flags = [(text, f"red flag: {flag}") for text, flag in read_emergencies(emergencies)]
        labelled = [*read_utterances(folder), *flags]
        rows = self._encode([text for text, _ in labelled])
        self._known = labelled, _unit(weigh(rows, self._options.tuned))
        self._stamps = stamps

    def _held_back(self, fitted: Fitted) -> Any:
        return hold_back(fitted.head, list(self._options.reluctant), self._options.reluctance)

    def _encode(self, texts: list[str]) -> np.ndarray:
        for text in texts:
            if text not in self._corrected:
                self._corrected[text] = normalise(self._speller.correct(text).text)
        new = list(dict.fromkeys(self._corrected[text] for text in texts if self._corrected[text] not in self._vectors))
        if new:
            self._vectors.update(zip(new, encode_taught(self._encoder, new), strict=True))
        stacked: np.ndarray = np.stack([self._vectors[self._corrected[text]] for text in texts])
        return stacked


def _unit(rows: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled

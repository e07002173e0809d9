"""Whether a question that names no article is about the one found: by signs that hold for any two articles."""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.page_choice import PageChoice
from clinic.knowledge.search.index import Index

PAGE_SIGNS = (
    "score", "lead", "named", "read", "read_lead", "own", "rivals", "rarest", "missing", "near", "pages",
)  # fmt: skip
NEAR = 0.1  # articles that score this little less are as good as the first
LEAST_READ = -8.0  # what the reader says below this tells nothing more


def page_signs(index: Index, page: PageChoice, read: float, read_next: float) -> npt.NDArray[np.float64]:
    """The signs in the order of PAGE_SIGNS: how the article ranks, what the section reader says of the best piece of
    it and of the next article, and which of the question's words stand in one of the two alone.

    The choice must have another article.
    """
    scores, other = page.ranking.articles, page.others[0]
    holders = {stem: index.holders(stem) for stem in dict.fromkeys(page.stems)}
    weights = {stem: log((len(index.articles) + 1) / (len(places) + 0.5)) for stem, places in holders.items()}
    own = {stem for stem, places in holders.items() if page.article in places}
    rivals = {stem for stem, places in holders.items() if other in places}
    read, read_next = max(read, LEAST_READ), max(read_next, LEAST_READ)
    near = np.delete(scores, list(page.ranking.titles.twins(page.article))) >= scores[page.article] - NEAR
    signs = {
        "score": float(scores[page.article]),
        "lead": float(scores[page.article] - scores[other]),
        "named": float(page.ranking.named[page.article]),
        "read": read,
        "read_lead": read - read_next,
        "own": sum(weights[stem] for stem in sorted(own - rivals)),
        "rivals": sum(weights[stem] for stem in sorted(rivals - own)),
        "rarest": max((weights[stem] for stem in own), default=0.0),
        "near": float(np.log1p(near.sum())),
        "pages": log(len(index.articles)),
        "missing": 1 - sum(weights[stem] for stem in sorted(own)) / (sum(weights.values()) or 1.0),
    }
    return np.array([signs[name] for name in PAGE_SIGNS], dtype=np.float64)

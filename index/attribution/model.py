"""
The network of the attribution tagger: one encoder, two heads.

Every attribution has one cue, so the first token of the cue is its anchor. One head finds the
anchors; the other labels, for each anchor, every token of the window as source, cue or content
of that very attribution. Linking is therefore learnt with the labels, and discontinuous or
nested contents need nothing special. Word embeddings are the sentence encoder's own and stay
frozen: only what differs from it is shipped.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

ROLES = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
CASES = 5
MARKS = 4
REACH = 160
INNER = 256


class RoleHead(nn.Module):
    """Scores, for each pair (anchor, token), the seven roles."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(width, INNER)
        self.token = nn.Linear(width, INNER)
        self.distance = nn.Embedding(2 * REACH + 1, INNER)
        self.left = nn.Linear(width, INNER)
        self.right = nn.Linear(width, INNER)
        self.mixed = nn.Linear(INNER, len(ROLES))
        self.product = nn.Linear(INNER, len(ROLES))
        self.dropout = nn.Dropout(0.1)

    def forward(self, states: Tensor, rows: Tensor, anchors: Tensor) -> Tensor:
        """
        Score the roles of every token for each of k anchors.

        Args:
            states: (windows, tokens, width).
            rows: (k,) window of each anchor.
            anchors: (k,) token of each anchor within its window.

        Returns:
            (k, tokens, 7) logits.
        """
        states = self.dropout(states)
        at = states[rows, anchors]
        steps = torch.arange(states.shape[1], device=states.device)[None] - anchors[:, None]
        apart = self.distance(steps.clamp(-REACH, REACH) + REACH)
        mixed = self.anchor(at)[:, None] + self.token(states)[rows] + apart
        product = self.left(at)[:, None] * self.right(states)[rows]
        logits: Tensor = self.mixed(nn.functional.gelu(mixed))
        logits += self.product(product)
        return logits


class AttributionModel(nn.Module):
    """
    The encoder with its heads.

    Besides its word each token carries two features that an uncased vocabulary loses: its
    letter case, and whether it stands inside quotation marks and opens a paragraph.
    """

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width: int = encoder.config.hidden_size
        self.case = nn.Embedding(CASES, width)
        self.mark = nn.Embedding(MARKS, width)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.mark.weight)
        self.dropout = nn.Dropout(0.1)
        self.anchor = nn.Linear(width, 1)
        self.labels = nn.Linear(width, len(ROLES))
        self.roles = RoleHead(width)

    def encode(self, ids: Tensor, case: Tensor, mark: Tensor, mask: Tensor | None) -> Tensor:
        """
        Encode windows of tokens.

        Args:
            ids, case, mark: (windows, tokens).
            mask: (windows, tokens), 1 for a token and 0 for padding; None where all are tokens.

        Returns:
            (windows, tokens, width) states.
        """
        words = self.encoder.embeddings.word_embeddings(ids)
        inputs = words + self.case(case) + self.mark(mark)
        states: Tensor = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        return states

    def anchors(self, states: Tensor) -> Tensor:
        """Score each token as the first of a cue: (windows, tokens) logits."""
        logits: Tensor = self.anchor(self.dropout(states)).squeeze(-1)
        return logits

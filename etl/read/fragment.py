"""The text of a piece of HTML, such as a feed item carries: one line a block, as a reader would see it."""

from __future__ import annotations

import html
import re
from typing import Any

_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "svg"})
_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section",
    "article", "header", "footer", "figure", "figcaption", "pre", "hr", "dd", "dt",
})  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n]+")


def fragment_text(fragment: str) -> str:
    """The text of an HTML fragment; what holds no markup comes back as it is, without blanks around it."""
    if not _MARKUP.search(fragment):
        return fragment.strip()
    if "<" not in fragment:
        return html.unescape(fragment).strip()
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    _collect(tree, pieces)
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\0"))
    return "\n\n".join(line for line in lines if line)


def _collect(root: Any, pieces: list[str]) -> None:
    """Text of the tree with a NUL at each block's edge; no recursion, as hostile markup nests without end."""
    from lxml import etree

    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag in _SKIPPED:
                node.text = None
                for child in list(node):
                    node.remove(child)
            pieces.append("\0" if node.tag in _BLOCKS else "")
            pieces.append(node.text or "")
        else:
            pieces.append("\0" if event == "end" and node.tag in _BLOCKS else "")
            pieces.append((node.tail or "") if node is not root else "")

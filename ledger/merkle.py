"""Merkle trees after RFC 6962, section 2.1 (SHA-256)."""

import hashlib
from collections.abc import Sequence

LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"


def leaf_node(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(LEAF_PREFIX + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of `leaves`."""
    level = [leaf_node(one) for one in leaves]
    if not level:
        return hashlib.sha256(b"").digest()
    # Pairing from the left and carrying an odd last one up gives RFC 6962's tree.
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index`: the sibling hashes from the bottom up.

    Raises IndexError for a leaf that is not there.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level = [leaf_node(one) for one in leaves]
    siblings = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            siblings.append(level[sibling])
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
        index //= 2
    return siblings


def root_from_path(leaf: bytes, index: int, count: int, siblings: Sequence[bytes]) -> bytes:
    """The root that `siblings` lead to from `leaf`, the `index`-th of `count` leaves.

    Raises ValueError if the path has another length than such a tree's.
    """
    if not 0 <= index < count:
        raise ValueError("The leaf is not in the tree.")
    node, last, left = leaf_node(leaf), count - 1, list(siblings)
    while last:
        if index % 2 or index < last:
            if not left:
                raise ValueError("The path is too short.")
            sibling = left.pop(0)
            node = _node(sibling, node) if index % 2 else _node(node, sibling)
        index, last = index // 2, last // 2
    if left:
        raise ValueError("The path is too long.")
    return node

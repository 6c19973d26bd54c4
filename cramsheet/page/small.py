"""Type smaller than the text: shares of it, larger where it would print below the floor."""

from cramsheet.plan.kinds import Kind

MOST_SHRUNK = 0.97  # a finished layout may be drawn so much smaller, never more

# Of the text around; a style writes `font-size: var(--tables)`.
SHARES = {
    "small": 0.93,  # asides inside a fact
    "tables": 0.95,
    "labels": 0.88,  # capitals
    "code": 0.9,  # inside a line
    "listings": 0.9,
    "sources": 0.75,  # in the margin of notes
}


def share(name: str, kind: Kind) -> float:
    """How large a small type is set, of the text: nothing prints smaller than the kind's floor."""
    smallest = least(kind)
    if name == "code":  # it may stand in a table
        smallest /= share("tables", kind)
    return min(1.0, max(SHARES[name], smallest))


def least(kind: Kind) -> float:
    """The share of the text that prints at the floor."""
    return kind.floor / (kind.size * MOST_SHRUNK)


def variables(kind: Kind) -> str:
    """The rule that tells the styles."""
    told = [f"--{name}: {share(name, kind):.4g}em" for name in SHARES]
    return f":root {{ {'; '.join(told)}; --running: {kind.running_size:g}pt }}\n"

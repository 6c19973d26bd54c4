"""A sheet set as it was the last time; and what of a document is, and what that costs, in words."""

from collections.abc import Sequence

from cramsheet.plan.keeping import Kept, as_before, renumbered, starts_before
from cramsheet.plan.mending import Mending
from cramsheet.press.blocks import Blocks
from cramsheet.press.setting import Setting, padded

_STILL_FULL = 0.9  # of its pages: then a document keeps the size and the breaks it had
_LESS_FULL = 0.05  # than before: so it does if it was not as full as that
_TELLS = 0.0005  # of the columns: less is no difference


def set_again(laid: Blocks, kept: Kept, room: Sequence[float]) -> Setting | None:
    """On the pages that there were, as few of them changed as can be; None when what there is now
    does not stand on them, or leaves too much of them white."""
    kind, across = laid.plan.kind, kept.across
    if kind.floats:
        laid = laid.in_order(as_before(kept, laid.names, laid.strip))
    starts, level = starts_before(kept.columns, laid.names, laid.strip), kept.level
    edges = [*starts, *[len(laid.blocks)] * (len(room) + 1 - len(starts))]
    it = Mending(laid.strip, edges, room, across, kind.floats, kind.spread, level or 1.0)
    it.fixed = it.page_of(renumbered(kept, laid.names)) if kind.asks else it.pages
    if not it.mended():
        return None
    laid = laid.in_order(it.order)
    columns, room = padded(laid.strip, it.columns, room)
    setting = Setting(laid, kept.scale, columns, room, kind.spread, level)
    full = sum(setting.fill) / len(setting.fill)
    return setting if full >= min(_STILL_FULL, kept.fill - _LESS_FULL) else None


def stayed(kept: Kept, setting: Setting, anew: Setting | None = None) -> str:
    """Empty when nothing is. `anew` is what would be if nothing were kept, where that is known:
    else the fill is told as it was before."""
    area, now = setting.plan.area, setting.columns_named
    if kept.across != area.columns or kept.scale != setting.scale:
        return ""
    same = [
        one == other
        for one, other in zip(_pages(now, kept), _pages(kept.columns, kept), strict=False)
    ]
    if not any(same):
        return ""
    cost = _against(setting, anew) if anew else _before(setting, kept)
    if all(same) and setting.pages == kept.pages:
        return ", ".join(filter(None, ("set as before", cost)))
    pages = f"{sum(same)} of {setting.pages} pages"
    return ", ".join(filter(None, (f"size and {pages} kept", cost)))


def _pages(columns: Sequence[tuple[str, ...]], kept: Kept) -> list[Sequence[tuple[str, ...]]]:
    across = kept.across
    return [columns[start : start + across] for start in range(0, len(columns), across)]


def _before(setting: Setting, kept: Kept) -> str:
    full = sum(setting.fill) / len(setting.fill)
    return f"{kept.fill:.1%} full before" if abs(full - kept.fill) >= _TELLS else ""


def _against(setting: Setting, anew: Setting) -> str:
    """In paper where it costs that, in fill where it does not."""
    if more := setting.pages - anew.pages:
        few = f"{abs(more)} page{'' if abs(more) == 1 else 's'} {'less' if more > 0 else 'more'}"
        return f"set anew it would take {few}"
    less = sum(anew.fill) / len(anew.fill) - sum(setting.fill) / len(setting.fill)
    if abs(less) < _TELLS:
        return ""
    return f"{abs(less):.1%} {'less' if less > 0 else 'more'} full than set anew"

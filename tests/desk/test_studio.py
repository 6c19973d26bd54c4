"""Pages are drawn elsewhere, as they are drawn here; who draws may die."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cramsheet.desk import cli
from cramsheet.desk.album import Album
from cramsheet.desk.studio import Studio
from cramsheet.press.pictures import Pictures

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with closing(Studio(cli.read(["preview"]))) as it:
        yield it
    assert list(tmp_path.iterdir()) == []


def paper() -> bytes:
    """A page without a word."""
    from io import BytesIO

    import pypdfium2

    document, file = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(200, 100)
    document.save(file)
    return file.getvalue()


def test_it_draws_what_we_would(studio: Studio) -> None:
    data = paper()
    far, near = studio.pictures(data), Pictures(data)
    assert far.sizes == near.sizes
    assert far.sizes[0] == pytest.approx((70.56, 35.28), 0.01)
    assert far.bitmap(1, 300) == near.bitmap(1, 300)
    far.close()
    near.close()


def test_what_cannot_be_drawn_costs_one_who_draws(studio: Studio) -> None:
    album = Album(studio.pictures)
    assert album.sizes(album.add(b"%PDF-no")) == ()
    good = album.add(paper())
    assert album.sizes(album.add(paper() + b"\n")) == ()  # nobody is there to draw it
    studio.begin()
    assert len(album.sizes(good)) == 1
    assert album.bitmap(good, 1, 300)
    assert studio._worker
    os.kill(studio._worker.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert album.bitmap(good, 1, 400) is None
    studio.begin()
    assert album.bitmap(good, 1, 400)

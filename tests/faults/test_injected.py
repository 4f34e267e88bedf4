"""Every call to the disk fails once, in every way that a disk fails: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from fieldkit.storage import StoreError
from tests.faults.layer import WAYS, Layer
from tests.faults.scenarios import SCENARIOS, begun, go_on, left_in_order


@pytest.fixture
def layer(unsynced: None, monkeypatch: pytest.MonkeyPatch) -> Layer:
    return Layer(monkeypatch)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_failing_call_loses_nothing(light: Path, layer: Layer, scenario: str, way: str) -> None:
    act = SCENARIOS[scenario][1]
    for number in range(1, 1_000):
        session = begun(light / f"{number}", scenario)
        told: Exception | None = None
        with layer.failing(number, way):
            try:
                act(session)
            except (StoreError, OSError) as error:
                told = error
        if layer.failed is None:
            assert told is None
            assert number > 1 or way in ("short", "lost", "reading")
            session.close()
            left_in_order(session)
            return
        where = f"{scenario}: {way} at call {number}, {layer.failed}"
        if told is not None:
            assert isinstance(told, StoreError) or scenario == "change of passphrase", f"{where}: {told!r}"
            assert "\n" not in str(told), where
        try:
            go_on(session)
            session.close()
            left_in_order(session)
        except Exception as error:
            raise AssertionError(f"{where}, which told {told!r}") from error
    raise AssertionError("the scenario never ends")


@pytest.mark.parametrize("scenario", ["commits", "commits, sealed", "drafts", "compact", "protect"])
def test_an_interrupted_call_loses_nothing(light: Path, layer: Layer, scenario: str) -> None:
    """Ctrl-C in a script that catches it, and goes on with the same store."""
    act = SCENARIOS[scenario][1]
    for number in range(1, 1_000):
        session = begun(light / f"{number}", scenario)
        with layer.failing(number, "interrupt"), contextlib.suppress(KeyboardInterrupt):
            act(session)
        if layer.failed is None:
            session.close()
            left_in_order(session)
            return
        where = f"{scenario}: interrupted at call {number}, {layer.failed}"
        try:
            go_on(session)
            session.close()
            left_in_order(session)
        except Exception as error:
            raise AssertionError(where) from error


@pytest.mark.parametrize("scenario", ["commits", "commits, sealed"])
def test_a_failed_sync_is_never_saved(light: Path, layer: Layer, scenario: str) -> None:
    seen = 0
    for number in range(1, 1_000):
        session = begun(light / f"{number}", scenario)
        with layer.failing(number, "EIO"), contextlib.suppress(StoreError):
            SCENARIOS[scenario][1](session)
        if layer.failed is None:
            break
        if layer.failed == "sync_data":
            seen += 1
            assert session.pending
            assert session.at_work.unsure
        go_on(session)
        session.close()
    assert seen == 3

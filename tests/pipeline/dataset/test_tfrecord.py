import io

import pytest

from tuneloom.pipeline.dataset.tfrecord import frame, read_frames

RECORDS = [b"first", b"", b"x" * 100_000]


def test_records_read_back_in_order() -> None:
    file = io.BytesIO(b"".join(map(frame, RECORDS)))
    assert list(read_frames(file)) == RECORDS


def test_an_empty_file_holds_no_record() -> None:
    assert list(read_frames(io.BytesIO())) == []


@pytest.mark.parametrize("position", [0, 9, 13, 19])
def test_one_flipped_bit_is_found_with_its_place(position: int) -> None:
    data = bytearray(frame(b"before") + frame(b"damaged"))
    data[len(frame(b"before")) + position] ^= 1
    with pytest.raises(ValueError, match="at byte 22"):
        list(read_frames(io.BytesIO(bytes(data))))


@pytest.mark.parametrize("cut", [1, 4, 8, 12, 20])
def test_a_file_cut_within_a_record_is_refused(cut: int) -> None:
    data = frame(b"before") + frame(b"cut short")
    with pytest.raises(ValueError, match="damaged record"):
        list(read_frames(io.BytesIO(data[:-cut])))

"""Tables in Dask: reading parts, bringing the rows of one key together, small tables to everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa

Row = dict[str, Any]
# A table of no more rows than this goes to every machine, which saves moving the larger one.
_SMALL = 500_000


def frame_of(rows: Iterable[Row], schema: pa.Schema) -> pd.DataFrame:
    """Return rows as a frame whose columns have the types of Arrow."""
    return pandas_of(pa.Table.from_pylist(list(rows), schema=schema))


def pandas_of(table: pa.Table) -> pd.DataFrame:
    """Return a table of Arrow as a frame with its types."""
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame as dictionaries with None for what is missing."""
    rows: list[Row] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def table_from(read: Callable[..., pd.DataFrame], parts: Sequence[Any], schema: pa.Schema, *args: Any) -> Any:
    """Return a Dask frame of one partition for each of the parts, which `read` is called with."""
    return dd.from_map(read, parts, args=args, meta=frame_of([], schema))


def each_part(frame: Any, work: Callable[..., Iterable[Row]], schema: pa.Schema, *args: Any) -> Any:
    """Return what `work` makes of the rows of each partition."""
    return frame.map_partitions(_work, work, schema, *args, meta=frame_of([], schema), align_dataframes=False)


def by_key(frame: Any, key: str | list[str], parts: int) -> Any:
    """Return the frame with the rows of one key in one partition; which one depends on nothing but the key."""
    return frame.shuffle(on=key, npartitions=parts)


def looked_up(frame: Any, small: Any, left: str, right: str) -> Any:
    """Return the frame with the columns of the row of `small` whose `right` is its `left`, missing for none."""
    joined = frame.merge(small, how="left", left_on=left, right_on=right)
    return joined.drop(columns=[right]) if left != right else joined


def kept(frame: Any) -> Any:
    """Return a frame computed once and held by the workers, in one partition if that is small."""
    held = frame.persist()
    return held.repartition(npartitions=1).persist() if len(held) <= _SMALL else held


def _work(
    frame: pd.DataFrame, work: Callable[..., Iterable[Row]], schema: pa.Schema, *args: Any
) -> pd.DataFrame:
    return frame_of(work(rows_of(frame), *args), schema)

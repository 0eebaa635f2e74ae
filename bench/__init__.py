"""The performance suite: ratios taken in one run, against a floor and against peers (docs/rendimiento.md).

A benchmark is a module `pNN_name.py` with a `TITULO` and a function `medir(corrida)` that yields lines of
the report (`bench.informe`). What it times goes through `corrida.rondas(...)`; what the machine's mood
cannot change (queries, bytes, buffers) is reported beside, and asserted in `tests/`, never here.
"""

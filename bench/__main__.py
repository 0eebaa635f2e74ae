"""`./portal bench [P1 …] [--completo] [--rondas N]`: the benchmarks over private services, in one table."""

import argparse
import importlib
import os
import pkgutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import django

from tests.servicios import postgresql, redis


def principal(argumentos: list[str]) -> int:
    """Everything, or only the benchmarks named; 1 if one broke (never for being slow)."""
    pide = _leer(argumentos)
    with tempfile.TemporaryDirectory(prefix="ceo-bench-") as carpeta, postgresql() as base, redis() as cache:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "RUTA_VAR": carpeta,
            "DATABASE_URL": base,
            "REDIS_URL": cache,
        }
        Path(carpeta, "documentos").mkdir()
        warnings.filterwarnings("ignore", "No directory at")  # whitenoise, before collectstatic
        django.setup()
        return _correr(pide)


def _leer(argumentos: list[str]) -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="./portal bench", description="Medidas de rendimiento del portal.")
    lector.add_argument("pruebas", nargs="*", metavar="P1", help="solo estas; sin ninguna, todas")
    lector.add_argument("--completo", action="store_true", help="con el millón de Gestiones")
    lector.add_argument("--rondas", type=int, default=None, help="cuántas rondas (al menos 7)")
    return lector.parse_args(argumentos)


def _correr(pide: argparse.Namespace) -> int:
    # They import models, which exist only now that Django is set up.
    corrida, informe = (importlib.import_module(f"bench.{m}") for m in ("corrida", "informe"))
    bases = importlib.import_module("bench.bases")
    esta = corrida.Corrida(completo=pide.completo, n_rondas=pide.rondas)
    lineas, rotas = [], []
    for clave, modulo in _modulos({p.upper() for p in pide.pruebas}):
        inicio = time.monotonic()
        _decir(f"── {clave} {modulo.TITULO}")
        try:
            for linea in modulo.medir(esta):
                lineas.append((clave, linea))
                _decir(f"   {linea.caso} · {linea.medida}: {linea.valor} {linea.veredicto}")
        except Exception as falla:  # the others are still worth their figures
            rotas.append(clave)
            _decir(f"   se rompió: {falla!r}")
        _decir(f"   ({time.monotonic() - inicio:.0f} s)")
    bases.cerrar()
    print(informe.maquina())
    print(informe.tabla(lineas))
    if rotas:
        _decir(f"Se rompieron: {', '.join(rotas)}")
    return 1 if rotas else 0


def _decir(linea: str) -> None:
    print(linea, file=sys.stderr, flush=True)


def _modulos(pedidas: set[str]) -> Iterator[tuple[str, ModuleType]]:
    """(key, module) in order of number: `p03_bandeja` is P3."""
    for modulo in pkgutil.iter_modules([str(Path(__file__).parent)]):
        numero = modulo.name.partition("_")[0].removeprefix("p")
        if modulo.name.startswith("p") and numero.isdecimal():
            clave = f"P{int(numero)}"
            if not pedidas or clave in pedidas:
                yield clave, importlib.import_module(f"bench.{modulo.name}")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(principal(sys.argv[1:]))

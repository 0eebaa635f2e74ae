"""Which folders of the store were written to, or are to lose a file, since the sweep last looked at them.

A mark is an empty folder, `.tocadas/<name>`, beside the one that it speaks of: left before the write or the
commit that it announces, so that a process killed at any point leaves it. Its hour is that of the last one.
It waits for no disk of its own: the file that it announces takes it along when it is settled there.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

TOCADAS = ".tocadas"
# Of a mark that is being looked at. Who touches the folder meanwhile leaves another one.
MIRADA = ".mirada"
# Once all the folders were walked: what there was before there were marks is known.
RECORRIDO = ".recorrido"


def tocar(carpeta: Path) -> None:
    """Leave its mark, now. Raises OSError."""
    marca = carpeta.parent / TOCADAS / carpeta.name
    try:
        os.utime(marca)
    except FileNotFoundError:
        marca.mkdir(parents=True, exist_ok=True)


def tomar(raiz: Path) -> Iterator[str]:
    """The names of the folders in `raiz` that bear a mark, once each; it is `soltar` that takes it away."""
    with suppress(FileNotFoundError), os.scandir(raiz / TOCADAS) as marcas:
        for marca in marcas:
            nombre = marca.name.removesuffix(MIRADA)
            if nombre == marca.name != RECORRIDO:
                os.rename(marca.path, f"{marca.path}{MIRADA}")
            if marca.name != RECORRIDO:
                yield nombre


def soltar(raiz: Path, nombre: str, *, anterior_a: datetime) -> None:
    """Take its mark away. It stays while it, or a file of the folder, is of that moment (aware) or later."""
    marca, momento = raiz / TOCADAS / f"{nombre}{MIRADA}", anterior_a.timestamp()
    with suppress(FileNotFoundError):
        if marca.stat().st_mtime < momento and not _hay_desde(raiz / nombre, momento):
            marca.rmdir()


def _hay_desde(carpeta: Path, momento: float) -> bool:
    with suppress(FileNotFoundError), os.scandir(carpeta) as entradas:
        return any(entrada.stat(follow_symlinks=False).st_mtime >= momento for entrada in entradas)
    return False


def recorrida(raiz: Path) -> bool:
    """Whether all of its folders were ever walked to the end."""
    return (raiz / TOCADAS / RECORRIDO).is_dir()


def anotar_recorrido(raiz: Path) -> None:
    """They were."""
    (raiz / TOCADAS / RECORRIDO).mkdir(parents=True, exist_ok=True)

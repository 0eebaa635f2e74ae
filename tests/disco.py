"""A disk that takes no more: the kernel writes what fits, a short write, and then refuses."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from papeles.almacen import AlmacenDurable


@contextmanager
def caben(octetos: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes (`setrlimit(2)`, RLIMIT_FSIZE).

    Nor does Python keep what it compiles meanwhile: it would be half a module, found broken by the next run.
    """
    antes, maximo = resource.getrlimit(resource.RLIMIT_FSIZE)
    compila, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (octetos, maximo))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (antes, maximo))
        sys.dont_write_bytecode = compila


class AlmacenLleno(AlmacenDurable):
    """The portal's own storage on a disk with `libres` bytes; the rest of the process has room."""

    def __init__(self, *, libres: int, **opciones) -> None:
        super().__init__(**opciones)
        self.libres = libres

    def _save(self, name, content):
        with caben(self.libres):
            return super()._save(name, content)


def lleno(ajustes, carpeta, libres: int) -> dict:
    """STORAGES where the documents' disk has `libres` bytes left, in that folder."""
    disco = {
        "BACKEND": "tests.disco.AlmacenLleno",
        "OPTIONS": {"location": carpeta, "base_url": None, "libres": libres},
    }
    return ajustes.STORAGES | {"default": disco}

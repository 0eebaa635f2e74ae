"""A disk that takes no more: the kernel writes what fits, a short write, and then refuses."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tramites.pdf.almacen import AlmacenDurable


@contextmanager
def caben(octetos: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes (`setrlimit(2)`, RLIMIT_FSIZE)."""
    antes, maximo = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octetos, maximo))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (antes, maximo))


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

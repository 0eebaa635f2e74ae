"""Where the files live: whole, checked and on the disk under their own name, or not at all."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models.fields.files import FieldFile

from .marcas import tocar

# Where each Gestión has its folder, by its number.
CARPETA = "gestiones"


class ArchivoPerdido(Exception):
    """A row promises this file and the storage does not give it; `nombre` is its name there."""

    def __init__(self, nombre: str) -> None:
        super().__init__(nombre)
        self.nombre = nombre


class AlmacenDurable(FileSystemStorage):
    """Writes beside and then names: a full disk or a power cut leaves no half file, nor touches another's.

    What `save` has returned survives the machine; what it raises, `OSError`, leaves nothing. `asentar` false
    waits for no disk: for what lives no longer than its run.
    """

    def __init__(self, *, asentar: bool = True, **opciones: Any) -> None:
        super().__init__(**opciones)
        self._asentar = os.fsync if asentar else lambda _fd: None

    def _save(self, name: str, content: File) -> str:
        destino = Path(self.path(name))
        self._abrir_carpeta(destino.parent)
        self._tocar(destino.parent)
        provisional = destino.with_name(f".{destino.name}.{token_hex(4)}")
        try:
            self._escribir(provisional, content)
            destino.touch(exist_ok=False)  # the name is ours from here on: a rename writes over what is there
            self._nombrar(provisional, destino)
        finally:
            provisional.unlink(missing_ok=True)
        return name

    def _tocar(self, carpeta: Path) -> None:
        """What is about to happen there the sweep will look at, whatever becomes of this process."""
        if carpeta != Path(self.location):
            tocar(carpeta)

    def _nombrar(self, provisional: Path, destino: Path) -> None:
        """Give the file the name kept for it, on the disk."""
        try:
            provisional.replace(destino)
            self._asentar_carpeta(destino.parent)
        except BaseException:
            destino.unlink(missing_ok=True)
            raise

    def _abrir_carpeta(self, carpeta: Path) -> None:
        """Make it, and what leads to it, each on the disk before what it is to hold."""
        faltan = [c for c in (carpeta, *carpeta.parents) if not c.exists()]
        for nueva in reversed(faltan):
            nueva.mkdir(mode=self.directory_permissions_mode or 0o777, exist_ok=True)
            self._asentar_carpeta(nueva.parent)

    def _escribir(self, ruta: Path, content: File) -> None:
        """All of it and on the disk: `write` goes on after a short one, or raises."""
        permisos = self.file_permissions_mode or 0o666
        with open(os.open(ruta, os.O_WRONLY | os.O_CREAT | os.O_EXCL, permisos), "wb") as salida:
            for trozo in content.chunks():
                salida.write(trozo)
            salida.flush()
            self._asentar(salida.fileno())

    def _asentar_carpeta(self, carpeta: Path) -> None:
        """Have the disk keep the names that it holds."""
        fd = os.open(carpeta, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._asentar(fd)
        finally:
            os.close(fd)


def abrir(archivo: FieldFile) -> FieldFile:
    """The file that its row promises, open to be read. Raises `ArchivoPerdido`."""
    try:
        return archivo.open("rb")
    except OSError as falla:
        raise ArchivoPerdido(str(archivo.name)) from falla


def guardar(archivo: FieldFile, contenido: IO[bytes], sha256: str) -> None:
    """Keep the bytes under the name that its row gives them, still without the row.

    Whatever was there no row promises: a half of a process that was killed. Raises `OSError` when what is
    on the disk is not what was given, and then nothing is left. `sha256` is hexadecimal.
    """
    nombre = archivo.field.generate_filename(archivo.instance, "papel.pdf")
    contenido.seek(0)
    try:
        archivo.storage.delete(nombre)
        archivo.save("papel.pdf", File(contenido), save=False)
        with archivo.storage.open(nombre) as escrito:
            if hashlib.file_digest(escrito, "sha256").hexdigest() != sha256:
                raise OSError(f"{nombre} no quedó como se recibió")
    except BaseException:
        _borrar(archivo.storage, nombre)
        raise


def despedir(archivo: FieldFile) -> None:
    """Say, before the commit that breaks its promise, that it is to be erased (`marcas`)."""
    tocar(Path(archivo.path).parent)


def olvidar(archivo: FieldFile) -> None:
    """Erase what no row came to promise; what cannot be erased now is the sweep's (`barrer_archivos`)."""
    _borrar(archivo.storage, str(archivo.name))


def _borrar(almacen: Storage, nombre: str) -> None:
    with suppress(OSError):
        almacen.delete(nombre)

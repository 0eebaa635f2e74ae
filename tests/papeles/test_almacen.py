"""The files' storage: whole and on the disk, or nothing."""

import importlib
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from papeles.almacen import AlmacenDurable
from tests.disco import caben

NOMBRE = "gestiones/7/uno.pdf"
CONTENIDO = os.urandom(60_000)


@pytest.fixture
def almacen(tmp_path) -> AlmacenDurable:
    return AlmacenDurable(
        location=tmp_path / "documentos",
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def archivos(almacen: AlmacenDurable) -> list[Path]:
    return [ruta for ruta in Path(almacen.location).rglob("*") if ruta.is_file()]


@pytest.mark.parametrize("caben_octetos", [0, 1, 8_192, 20_480, 49_152, 59_999])
def test_lo_que_no_cabe_entero_no_queda(almacen, caben_octetos):
    """A short write is no write: nothing of it stays, under any name, and room lets it in."""
    with caben(caben_octetos), pytest.raises(OSError):
        almacen.save(NOMBRE, ContentFile(CONTENIDO))
    assert archivos(almacen) == []
    assert almacen.save(NOMBRE, ContentFile(CONTENIDO)) == NOMBRE
    assert almacen.open(NOMBRE).read() == CONTENIDO


def test_un_disco_sin_enlaces_tambien_guarda(almacen, monkeypatch):
    """A shared folder of Windows or a FAT disk: names are given by renaming, and never over another's."""
    monkeypatch.setattr(os, "link", sin_permiso)
    assert almacen.save(NOMBRE, ContentFile(CONTENIDO)) == NOMBRE
    with pytest.raises(FileExistsError):
        almacen._save(NOMBRE, ContentFile(b"otro"))
    assert almacen.open(NOMBRE).read() == CONTENIDO
    assert archivos(almacen) == [Path(almacen.path(NOMBRE))]


def test_si_no_puede_nombrarlo_no_queda_nada(almacen, monkeypatch):
    """Neither the file nor the name that was kept for it."""
    monkeypatch.setattr(Path, "replace", sin_permiso)
    with pytest.raises(PermissionError):
        almacen.save(NOMBRE, ContentFile(CONTENIDO))
    assert archivos(almacen) == []


def sin_permiso(*_):
    raise PermissionError


def test_lo_que_cabe_justo_queda(almacen):
    with caben(len(CONTENIDO)):
        almacen.save(NOMBRE, ContentFile(CONTENIDO))
    assert archivos(almacen) == [Path(almacen.path(NOMBRE))]


def test_solo_el_portal_lo_lee(almacen):
    """S11: file and folders are of whoever runs the portal."""
    almacen.save(NOMBRE, ContentFile(CONTENIDO))
    ruta = Path(almacen.path(NOMBRE))
    assert ruta.stat().st_mode & 0o777 == 0o600
    assert {c.stat().st_mode & 0o777 for c in list(ruta.parents)[:3]} == {0o700}


def test_no_escribe_sobre_lo_que_otro_acaba_de_guardar(almacen, monkeypatch):
    """Two at once under one name: the second is refused, the first stays as it was."""
    almacen.save(NOMBRE, ContentFile(CONTENIDO))
    monkeypatch.setattr(almacen, "exists", lambda _nombre: False)  # it looked a moment before
    with pytest.raises(FileExistsError):
        almacen.save(NOMBRE, ContentFile(b"otro"))
    assert almacen.open(NOMBRE).read() == CONTENIDO
    assert len(archivos(almacen)) == 1


def test_se_nombra_lo_que_ya_esta_en_el_disco_y_su_carpeta_despues(almacen, monkeypatch):
    """A power cut finds the whole file or none: bytes, name, folder, in that order."""
    pasos = []
    nombrar = Path.replace

    def anotar_asiento(fd: int) -> None:
        pasos.append(Path(os.readlink(f"/proc/self/fd/{fd}")))
        os.fsync(fd)

    def anotar_nombre(de: Path, a: Path) -> Path:
        pasos.append("nombre")
        return nombrar(de, a)

    assert almacen._asentar is os.fsync
    monkeypatch.setattr(almacen, "_asentar", anotar_asiento)
    monkeypatch.setattr(Path, "replace", anotar_nombre)
    almacen.save(NOMBRE, ContentFile(CONTENIDO))
    raiz = Path(almacen.location)
    *carpetas, escrito, nombre, carpeta = pasos
    assert carpetas == [raiz.parent, raiz, raiz / "gestiones"]
    assert escrito.parent == carpeta == raiz / "gestiones/7"
    assert nombre == "nombre"


def test_si_la_carpeta_no_queda_en_el_disco_no_hay_archivo(almacen, monkeypatch):
    """What could vanish with the power is not promised."""
    almacen.save("gestiones/7/antes.pdf", ContentFile(b"x"))

    def falla_en_carpetas(fd: int) -> None:
        if Path(f"/proc/self/fd/{fd}").is_dir():
            raise OSError("no se pudo")
        os.fsync(fd)

    monkeypatch.setattr(almacen, "_asentar", falla_en_carpetas)
    with pytest.raises(OSError, match="no se pudo"):
        almacen.save(NOMBRE, ContentFile(CONTENIDO))
    assert [a.name for a in archivos(almacen)] == ["antes.pdf"]


def test_el_portal_guarda_en_el_disco():
    """Only the suite waits for no disk."""
    opciones = importlib.import_module("ceo_portal.settings.base").STORAGES["default"]
    assert opciones["BACKEND"] == "papeles.almacen.AlmacenDurable"
    assert "asentar" not in opciones["OPTIONS"]

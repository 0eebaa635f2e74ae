"""What killed processes leave, and what the sweep must never touch."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from ceo_portal.celery import app
from papeles.marcas import TOCADAS, tocar
from tests.fabricas import DocumentoFactory
from tests.hilos import en_hilo
from tests.tramites import escenas
from tramites.acciones.barrer_archivos import EDAD, barrer_archivos
from tramites.acciones.imprimir import (
    imprimir_admision,
    imprimir_constancia,
    imprimir_formulario,
    imprimir_previo,
)
from tramites.acciones.retirar import retirar
from tramites.models import Documento, Envio, Gestion, VersionFormulario
from tramites.reglas.carga import ArchivoRechazado
from tramites.tareas import barrer_archivos_sueltos

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disco(settings, tmp_path) -> Path:
    """Documents of this test alone."""
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    }
    return tmp_path


def envejecer(carpeta: Path) -> None:
    """Everything there was written two hours ago."""
    hace_rato = (timezone.now() - timedelta(hours=2)).timestamp()
    for ruta in carpeta.rglob("*"):
        os.utime(ruta, (hace_rato, hace_rato))


def archivos(carpeta: Path) -> set[str]:
    return {str(ruta.relative_to(carpeta)) for ruta in carpeta.rglob("*") if ruta.is_file()}


def barrer() -> int:
    return barrer_archivos(anteriores_a=timezone.now() - EDAD)


def suelto(numero: int, nombre: str = "suelto.pdf") -> None:
    """What an upload leaves whose process dies before its row."""
    default_storage.save(f"gestiones/{numero}/{nombre}", ContentFile(b"%PDF-1.7"))


def marcas(carpeta: Path) -> set[str]:
    return {ruta.name for ruta in (carpeta / "gestiones" / TOCADAS).iterdir()} - {".recorrido"}


def en_otro_proceso(accion: Callable[[], object]) -> bool:
    """Another process does it; whether it was killed."""
    if (pid := os.fork()) == 0:
        try:
            accion()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def morir(*_args: object, **_opciones: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_se_borra_lo_que_ninguna_fila_promete(titular, disco):
    """Of a killed upload, of a half one, of a print, and of the draft of somebody who is no more."""
    gestion = escenas.hasta_documentos(titular)
    guardado = escenas.subir(gestion, 2).documento.archivo.name
    for nombre in ("de-una-carga.pdf", ".a-medias.pdf.0a1b", "formulario-1.pdf"):
        default_storage.save(f"gestiones/{gestion.numero}/{nombre}", ContentFile(b"%PDF-1.7"))
    default_storage.save("gestiones/99/de-otra.pdf", ContentFile(b"%PDF-1.7"))
    envejecer(disco)
    assert barrer() == 4
    assert archivos(disco) == {guardado}


def test_lo_prometido_queda_sea_archivo_o_papel(titular, disco):
    """Every kind of file that a row bears, withdrawn ones too."""
    gestion = escenas.observada(titular)
    imprimir_previo(gestion, 1)
    imprimir_formulario(VersionFormulario.objects.get())
    imprimir_constancia(Envio.objects.get())
    escenas.quitar(gestion, gestion.documentos_vigentes[0])
    imprimir_admision(escenas.admitida(escenas.titular()))
    antes = archivos(disco)
    envejecer(disco)
    assert barrer() == 0
    assert archivos(disco) == antes
    assert len(antes) == 6 + 3 + 6 + 1


def test_lo_recien_escrito_espera(titular, disco):
    """An upload on its way has its file before its row."""
    default_storage.save("gestiones/1/en-camino.pdf", ContentFile(b"%PDF-1.7"))
    assert barrer() == 0
    assert archivos(disco) == {"gestiones/1/en-camino.pdf"}


def test_lo_que_se_promete_mientras_se_barre_queda(titular, disco, monkeypatch):
    """Its row is committed between the look and the erasing: it is looked at again, with its Gestión held."""
    gestion = escenas.hasta_documentos(titular)
    escenas.subir(gestion, 2)
    envejecer(disco)
    mirar, vistas = barrer_archivos.__globals__["_prometidos"], []

    def sin_ver_la_primera_vez(*args):
        vistas.append(args)
        return mirar(*args) if len(vistas) > 1 else set()

    monkeypatch.setitem(barrer_archivos.__globals__, "_prometidos", sin_ver_la_primera_vez)
    assert barrer() == 0
    assert len(vistas) == 2
    assert archivos(disco) == {Documento.objects.get().archivo.name}


def test_lo_que_se_escribe_otra_vez_mientras_se_barre_queda(titular, disco, monkeypatch):
    """A paper's name is used again: what was old when it was found is new when its turn to go comes."""
    default_storage.save("gestiones/1/formulario-1.pdf", ContentFile(b"%PDF-1.7"))
    envejecer(disco)
    mirar = barrer_archivos.__globals__["_prometidos"]

    def imprimiendo_mientras(*args):
        os.utime(default_storage.path("gestiones/1/formulario-1.pdf"))
        return mirar(*args)

    monkeypatch.setitem(barrer_archivos.__globals__, "_prometidos", imprimiendo_mientras)
    assert barrer() == 0
    assert archivos(disco) == {"gestiones/1/formulario-1.pdf"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_quien_barre_espera_a_quien_esta_prometiendo(disco):
    """Its row is not committed yet: the sweep asks for the Gestión before it looks again."""
    gestion = escenas.hasta_documentos(escenas.titular())
    nombre = default_storage.save(f"gestiones/{gestion.numero}/en-camino.pdf", ContentFile(b"%PDF-1.7"))
    envejecer(disco)
    with transaction.atomic():
        Gestion.objects.select_for_update().get(pk=gestion.pk)
        barrido = en_hilo(barrer)
        barrido.join(0.5)
        assert barrido.is_alive()
        DocumentoFactory(gestion=gestion, renglon=2, archivo=nombre)
    barrido.join(20)
    assert archivos(disco) == {nombre}


def test_una_carga_que_espero_de_mas_no_promete_lo_barrido(titular, monkeypatch):
    """The other side of the race: its file was swept while it waited for the lock."""
    gestion = escenas.hasta_documentos(titular)
    candado = barrer_archivos.__globals__["Gestion"]

    def barrido(numero, actor):
        for ruta in Path(default_storage.path(f"gestiones/{numero}")).iterdir():
            ruta.unlink()
        return candado.objects.de(actor).select_for_update(of=("self",)).get(numero=numero)

    monkeypatch.setattr("tramites.acciones.cargar.con_candado", barrido)
    with pytest.raises(ArchivoRechazado, match="No pudimos guardar el archivo"):
        escenas.subir(gestion, 2)
    assert not Documento.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_lo_que_se_elimino_y_no_se_alcanzo_a_borrar_se_barre(disco, monkeypatch):
    """The removal is committed and its process dies before the bytes go: a medical paper, erased later."""
    titular = escenas.titular()
    gestion = escenas.hasta_documentos(titular)
    documento = escenas.subir(gestion, 6).documento
    monkeypatch.setattr("tramites.acciones.retirar.transaction.on_commit", lambda *_a, **_k: None)
    escenas.quitar(gestion, documento)
    monkeypatch.undo()
    assert archivos(disco) == {documento.archivo.name}
    envejecer(disco)
    assert barrer() == 1
    assert archivos(disco) == set()


@pytest.mark.django_db(transaction=True)
def test_un_disco_que_no_borra_no_es_un_fallo_despues_del_hecho(disco, monkeypatch):
    """The removal stands; the bytes are the sweep's."""
    titular = escenas.titular()
    gestion = escenas.hasta_documentos(titular)
    documento = escenas.subir(gestion, 6).documento

    def no_se_puede(_ruta: str) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "remove", no_se_puede)
    retirar(numero=gestion.numero, actor=titular, documento_id=documento.pk, ahora=timezone.now())
    assert not Documento.objects.exists()


def test_una_eliminacion_sin_confirmar_conserva_el_archivo(titular, disco):
    """The row is still there for everybody else, and the file with it."""
    gestion = escenas.hasta_documentos(titular)
    documento = escenas.subir(gestion, 6).documento
    with transaction.atomic():
        escenas.quitar(gestion, documento)
        transaction.set_rollback(True)
    envejecer(disco)
    assert barrer() == 0
    assert archivos(disco) == {documento.archivo.name}


def test_se_barre_por_lotes(titular, disco, monkeypatch):
    """Memory and queries do not grow with the files."""
    monkeypatch.setitem(barrer_archivos.__globals__, "LOTE", 2)
    for n in range(1, 6):
        default_storage.save(f"gestiones/{n}/suelto.pdf", ContentFile(b"x"))
    envejecer(disco)
    assert barrer() == 5


def test_lo_que_no_es_de_una_gestion_no_se_toca(disco):
    """A folder of somebody else's, a link to elsewhere."""
    ajeno = disco / "gestiones" / "lost+found"
    ajeno.mkdir(parents=True)
    (ajeno / "algo").write_bytes(b"x")
    (disco / "otro.pdf").write_bytes(b"x")
    (disco / "gestiones" / "3").symlink_to(ajeno)
    envejecer(disco)
    assert barrer() == 0
    assert len(archivos(disco)) == 2


def test_todo_campo_de_archivo_cuelga_de_su_gestion():
    """What the sweep asks of each: a new one without its Gestión would lose its files."""
    modelos = apps.get_app_config("tramites").get_models()
    con_archivo = [m for m in modelos if any(isinstance(c, FileField) for c in m._meta.get_fields())]
    assert len(con_archivo) >= 4
    assert all(m._meta.get_field("gestion").related_model is Gestion for m in con_archivo)


def test_la_orden_y_la_tarea_lo_hacen(disco, capsys):
    """By hand, first to see; and every day by itself."""
    default_storage.save("gestiones/1/suelto.pdf", ContentFile(b"x"))
    envejecer(disco)
    call_command("barrer_archivos", "--simular")
    assert archivos(disco) == {"gestiones/1/suelto.pdf"}
    assert barrer_archivos_sueltos.name in {e["task"] for e in app.conf.beat_schedule.values()}
    barrer_archivos_sueltos()
    assert archivos(disco) == set()
    call_command("barrer_archivos")
    assert capsys.readouterr().out == "Se borrarían, sin borrar nada: 1.\nBorrados: 0.\n"


def test_se_mira_solo_lo_que_cambio(disco, monkeypatch):
    """Its cost is what happened since: the folders of history are not even opened."""
    for n in range(1, 30):
        suelto(n)
    envejecer(disco)
    assert barrer() == 29
    for _ in range(2):  # what was only seen by the walk still bears its mark
        barrer()
    suelto(7)
    envejecer(disco)
    abrir, abiertas = os.scandir, []

    def anotar(ruta):
        abiertas.append(Path(ruta).relative_to(disco))
        return abrir(ruta)

    monkeypatch.setattr(os, "scandir", anotar)
    assert barrer() == 1
    assert set(map(str, abiertas)) == {f"gestiones/{TOCADAS}", "gestiones/7"}
    abiertas.clear()
    assert barrer() == 0
    assert list(map(str, abiertas)) == [f"gestiones/{TOCADAS}"]


def test_la_marca_espera_lo_que_espera_su_archivo(disco):
    """A folder that was written to a moment ago keeps it: what is old there goes, the rest in its hour."""
    barrer()
    suelto(3, "viejo.pdf")
    envejecer(disco)
    suelto(3, "nuevo.pdf")
    # Left before a long write: older than what it announced.
    os.utime(disco / "gestiones" / TOCADAS / "3", (0, 0))
    for borrados in (1, 0):
        assert barrer() == borrados
        assert marcas(disco) == {"3.mirada"}
    envejecer(disco)
    assert barrer() == 1
    assert marcas(disco) == set()


def test_lo_que_se_toca_mientras_se_mira_se_mira_otra_vez(disco, monkeypatch):
    """Its file comes after the look and its process dies: it left another mark."""
    barrer()
    suelto(3)
    envejecer(disco)
    quitar = Path.rmdir

    def tocando(marca: Path) -> None:
        tocar(disco / "gestiones" / "3")
        quitar(marca)

    with monkeypatch.context() as mientras:
        mientras.setattr(Path, "rmdir", tocando)
        assert barrer() == 1
    assert marcas(disco) == {"3"}


def test_una_carga_muerta_antes_de_su_fila_se_encuentra(titular, disco, monkeypatch):
    """The whole of «Cargar», killed with its bytes on the disk."""
    gestion = escenas.hasta_documentos(titular)
    barrer()
    monkeypatch.setattr("tramites.acciones.cargar._prometer", morir)
    assert en_otro_proceso(lambda: escenas.subir(gestion, 2))
    assert len(archivos(disco)) == 1
    envejecer(disco)
    assert barrer() == 1
    assert archivos(disco) == set()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_una_eliminacion_muerta_antes_de_borrar_se_encuentra(disco, monkeypatch):
    """Committed, and killed before the bytes go; its upload is of long ago."""
    gestion = escenas.hasta_documentos(escenas.titular())
    documento = escenas.subir(gestion, 6).documento
    envejecer(disco)
    for _ in range(2):
        barrer()
    assert marcas(disco) == set()

    def eliminar() -> None:
        connection.connection = None  # the parent's own
        escenas.quitar(gestion, documento)

    monkeypatch.setattr(FieldFile, "delete", morir)
    assert en_otro_proceso(eliminar)
    assert not Documento.objects.exists()
    envejecer(disco)
    assert barrer() == 1
    assert archivos(disco) == set()


def test_una_barrida_muerta_en_cualquier_punto_no_olvida_nada(titular, disco):
    """Before each thing that it does to the disk: the next one finds what it left; what is promised stays."""
    gestion = escenas.hasta_documentos(titular)
    guardado = escenas.subir(gestion, 2).documento.archivo.name
    barrer()
    for paso in count(1):
        suelto(gestion.numero)
        suelto(gestion.numero + 1)
        envejecer(disco)
        if not en_otro_proceso(lambda paso=paso: _barrer_y_morir(paso)):
            break
        barrer()
        assert archivos(disco) == {guardado}
        assert marcas(disco) == set()
    assert paso > 6  # it takes two marks, erases two files and lets two marks go


def _barrer_y_morir(paso: int) -> None:
    pasos = count(1)

    def contado(funcion):
        return lambda *args, **opciones: (next(pasos) == paso and morir()) or funcion(*args, **opciones)

    os.rename, Path.unlink, Path.rmdir = contado(os.rename), contado(Path.unlink), contado(Path.rmdir)
    barrer()


def test_lo_que_no_dejo_marca_lo_encuentra_el_recorrido_completo(disco, capsys):
    """A copy restored: by the command; and by itself while no walk ever came to its end."""
    sin_marca = disco / "gestiones" / "5" / "suelto.pdf"
    for orden in ([], ["--completo"]):
        sin_marca.parent.mkdir(parents=True, exist_ok=True)
        sin_marca.write_bytes(b"x")
        envejecer(disco)
        call_command("barrer_archivos", *orden)
        assert not sin_marca.exists()
        sin_marca.write_bytes(b"x")
        envejecer(disco)
        call_command("barrer_archivos")
        assert sin_marca.exists()
    assert capsys.readouterr().out.split() == ["Borrados:", "1.", "Borrados:", "0."] * 2

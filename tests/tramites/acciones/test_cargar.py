"""Loading and erasing files of a draft."""

import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from papeles.inspeccionar import inspeccionar
from tests.disco import lleno
from tests.tramites import escenas
from tramites.acciones.retirar import retirar
from tramites.models import Documento, Gestion
from tramites.reglas.carga import ArchivoRechazado
from tramites.reglas.rechazos import Conflicto, PasoPendiente


def test_se_guardan_los_bytes_recibidos(titular):
    """B6.4: nothing is rewritten; the stored name is ours and the shown one theirs (S11)."""
    contenido = escenas.pdf(paginas=7)
    documento = escenas.subir(
        escenas.hasta_documentos(titular), 2, contenido, nombre="Certificación de ñandú.pdf"
    ).documento
    assert documento.archivo.open("rb").read() == contenido
    assert documento.paginas == 7
    assert documento.nombre == "Certificación de ñandú.pdf"
    assert documento.archivo.name == f"gestiones/{documento.gestion_id}/{documento.pk}.pdf"


@pytest.mark.parametrize("renglon", [2, 8])
def test_lo_que_se_envia_mientras_se_inspecciona_ya_no_cambia(titular, monkeypatch, renglon):
    """S23: the inspection lasts seconds and holds nothing: what is open is asked again under the lock."""
    gestion = escenas.completa(titular)
    antes = set(Documento.objects.values_list("pk", flat=True))
    # Beside what another test's Gestión of that number left there.
    guardados = Path(default_storage.path(f"gestiones/{gestion.numero}"))
    en_disco = set(guardados.iterdir())

    def enviando_mientras(archivo, **otros):
        escenas.mandar(Gestion.de(titular, gestion.numero))
        return inspeccionar(archivo, **otros)

    monkeypatch.setattr("tramites.acciones.cargar.inspeccionar", enviando_mientras)
    if renglon == 8:  # «Otros» stays open, and what is added is the office's at once (B7.3)
        assert escenas.subir(gestion, 8).documento.envio == Gestion.objects.get().ultimo_envio
        return
    with pytest.raises(Conflicto, match="Este documento ya no se puede cambiar"):
        escenas.subir(gestion, renglon)
    assert set(Documento.objects.values_list("pk", flat=True)) == antes
    assert set(guardados.iterdir()) == en_disco


def test_varios_archivos_por_renglon(titular):
    """B6.3."""
    gestion = escenas.hasta_documentos(titular)
    escenas.subir(gestion, 5, escenas.pdf(ancho=500))
    escenas.subir(gestion, 5, escenas.pdf(ancho=501))
    assert Documento.objects.filter(renglon=5).count() == 2


def test_la_misma_ficha_es_un_solo_archivo(titular):
    """S13: one POST repeated is one file, one event."""
    gestion, ficha = escenas.hasta_documentos(titular), uuid.uuid4()
    uno, otro = escenas.subir(gestion, 3, ficha=ficha), escenas.subir(gestion, 3, ficha=ficha)
    assert uno.documento == otro.documento
    assert Evento.objects.filter(tipo="documento_cargado").count() == 1


def test_la_ficha_de_otra_gestion_es_un_conflicto(titular):
    """S13: a ficha is of one Gestión; used again in another of the same person it is a 409, not a fault."""
    gestion, ficha = escenas.hasta_documentos(titular), uuid.uuid4()
    escenas.subir(gestion, 3, ficha=ficha)
    with pytest.raises(Conflicto):
        escenas.subir(escenas.hasta_documentos(titular), 3, ficha=ficha)
    assert Documento.objects.get().gestion == gestion


def test_los_mismos_bytes_se_avisan_y_no_se_rechazan(titular):
    """B6.4 `duplicado`."""
    gestion = escenas.hasta_documentos(titular)
    escenas.subir(gestion, 3, escenas.pdf(), nombre="uno.pdf")
    carga = escenas.subir(gestion, 4, escenas.pdf(), nombre="otro.pdf")
    assert carga.avisos == (
        "Este archivo es igual a «uno.pdf», en el documento 3. Si fue un error, elimínelo.",
    )


def test_el_rechazo_dice_que_hacer_y_no_deja_rastro(titular):
    """S1: a lie in the extension; no row, no file."""
    gestion = escenas.hasta_documentos(titular)
    with pytest.raises(ArchivoRechazado) as rechazo:
        escenas.subir(gestion, 3, b"MZ no soy un PDF", nombre="virus.pdf")
    assert rechazo.value.mensaje == (
        "No se cargó virus.pdf. El archivo no es un PDF, aunque su nombre lo diga. "
        "Guárdelo o escanéelo como PDF. Sus otros archivos siguen guardados."
    )
    assert not Documento.objects.exists()


def test_sin_espacio_se_dice_y_no_queda_ni_fila(titular, settings, tmp_path):
    """mensajes.md §1 `sin_espacio`: a disk that takes no more is a sentence, not a fault."""
    gestion = escenas.hasta_documentos(titular)
    lleno = tmp_path / "disco"
    lleno.touch()
    disco = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": lleno}}
    settings.STORAGES = settings.STORAGES | {"default": disco}
    with pytest.raises(ArchivoRechazado) as rechazo:
        escenas.subir(gestion, 3, nombre="dpi.pdf")
    assert rechazo.value.mensaje == (
        "No se cargó dpi.pdf. No pudimos guardar el archivo. Intente de nuevo en unos minutos. "
        "Sus otros archivos siguen guardados."
    )
    assert not Documento.objects.exists()


@pytest.mark.parametrize("libres", [0, 8_192, 20_480, 49_152])
def test_un_disco_que_se_llena_a_medias_no_carga_nada(cliente, titular, settings, tmp_path, libres):
    """A short write is `sin_espacio`, no row and no remains; with room, the same POST loads it whole."""
    gestion, contenido = escenas.hasta_documentos(titular), escenas.pdf_de(60_000)
    con_sitio = settings.STORAGES
    settings.STORAGES = lleno(settings, tmp_path / "documentos", libres)
    # What was received is on another file system: the name cannot just be moved.
    settings.FILE_UPLOAD_TEMP_DIR = "/dev/shm"
    ventana, ficha = reverse("archivos", args=[gestion.numero, 3]), str(uuid.uuid4())

    def enviar() -> str:
        archivo = SimpleUploadedFile("dpi.pdf", contenido)
        return cliente.post(ventana, {"ficha": ficha, "archivo": archivo}, follow=True).content.decode()

    assert "No se cargó dpi.pdf. No pudimos guardar el archivo. Intente de nuevo en unos minutos." in enviar()
    assert not Documento.objects.exists()
    assert not [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()]
    settings.STORAGES = con_sitio
    assert "Se cargó dpi.pdf." in enviar()
    assert Documento.objects.get().archivo.open("rb").read() == contenido


@pytest.mark.parametrize("almacen", ["AlmacenQueRecorta", "AlmacenQueSeCorta"])
def test_lo_que_no_quedo_como_se_recibio_no_se_promete(titular, settings, tmp_path, almacen):
    """Whatever the storage says: what is on the disk is measured against what was inspected."""
    disco = {"BACKEND": f"{__name__}.{almacen}", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": disco}
    with pytest.raises(ArchivoRechazado, match="No pudimos guardar el archivo"):
        escenas.subir(escenas.hasta_documentos(titular), 3)
    assert not Documento.objects.exists()
    assert not [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()]


class AlmacenQueRecorta(FileSystemStorage):
    """Keeps all but the last byte, and says nothing."""

    def _save(self, name, content):
        return super()._save(name, ContentFile(content.read()[:-1]))


class AlmacenQueSeCorta(FileSystemStorage):
    """Keeps a half, and then fails."""

    def _save(self, name, content):
        super()._save(name, ContentFile(content.read()[:-1]))
        raise OSError("No space left on device")


def test_una_base_que_no_escribe_es_la_misma_frase_y_no_deja_el_archivo(titular, monkeypatch):
    """The database's own disk may be the full one."""
    gestion = escenas.hasta_documentos(titular)

    def llena(*_args, **_campos):
        raise OperationalError("No space left on device")

    carpeta = Path(default_storage.path(f"gestiones/{gestion.numero}"))
    antes = set(carpeta.glob("*"))
    monkeypatch.setattr(Documento, "save", llena)
    with pytest.raises(ArchivoRechazado, match="No pudimos guardar el archivo"):
        escenas.subir(gestion, 3)
    assert set(carpeta.glob("*")) == antes


def test_el_decimo_archivo_repetido_es_el_mismo_y_no_cupo(titular, settings, monkeypatch):
    """S13: the POST repeated of the last that fits, and it is not even inspected again."""
    settings.DOCUMENTOS_MAX_POR_RENGLON = 2
    gestion, ficha = escenas.hasta_documentos(titular), uuid.uuid4()
    escenas.subir(gestion, 5, escenas.pdf(ancho=400))
    decimo = escenas.subir(gestion, 5, ficha=ficha).documento
    monkeypatch.setattr("tramites.acciones.cargar.inspeccionar", None)
    assert escenas.subir(gestion, 5, ficha=ficha).documento == decimo
    settings.GESTION_MAX_MB = settings.PERSONA_MAX_MB = 0
    assert escenas.subir(gestion, 5, ficha=ficha).documento == decimo


def test_repetido_despues_de_enviar_es_el_mismo(cliente, titular):
    """S13: the answer was lost, the person sent it from another tab, and the browser tries again."""
    gestion, ficha = escenas.hasta_documentos(titular), uuid.uuid4()
    for renglon in [r.numero for r in gestion.obligatorios[:-1]]:
        escenas.subir(gestion, renglon)
    datos = {"ficha": str(ficha), "archivo": SimpleUploadedFile("dictamen.pdf", escenas.pdf())}
    ventana = reverse("archivos", args=[gestion.numero, gestion.obligatorios[-1].numero])
    cliente.post(ventana, datos)
    escenas.mandar(Gestion.de(titular, gestion.numero))
    datos["archivo"] = SimpleUploadedFile("dictamen.pdf", escenas.pdf())
    respuesta = cliente.post(ventana, datos, follow=True)
    assert respuesta.status_code == 200
    assert "Se cargó dictamen.pdf." in respuesta.content.decode()
    assert Documento.objects.count() == 6


def test_el_cupo_de_la_persona_cuenta_todo_lo_suyo(titular, settings):
    """S10: what it withdrew and what was archived is kept, and so it counts; another person's does not."""
    settings.PERSONA_MAX_MB = 1
    escenas.adjuntar(escenas.desistida(escenas.hasta_documentos(titular)), 2, tamano=600_000)
    escenas.adjuntar(escenas.hasta_documentos(titular), 2, tamano=449_000, retirado_en=timezone.now())
    escenas.adjuntar(escenas.hasta_documentos(escenas.titular()), 2, tamano=900_000)
    gestion = escenas.hasta_documentos(titular)
    with pytest.raises(ArchivoRechazado, match="Sus Gestiones juntas llegaron al máximo de 1 MB"):
        escenas.subir(gestion, 5)
    Documento.objects.filter(tamano=449_000).delete()
    assert escenas.subir(gestion, 5).documento


def test_el_cupo_del_renglon_se_dice(titular, settings):
    """B6.3: the configured number, not a fixed one."""
    settings.DOCUMENTOS_MAX_POR_RENGLON = 1
    gestion = escenas.hasta_documentos(titular)
    escenas.subir(gestion, 5)
    with pytest.raises(ArchivoRechazado, match="ya tiene 1 archivos"):
        escenas.subir(gestion, 5, escenas.pdf(ancho=400))


def test_el_cupo_de_la_gestion_se_dice(titular, settings):
    """S10: quota of the whole Gestión."""
    settings.GESTION_MAX_MB = 0
    with pytest.raises(ArchivoRechazado, match="llegó al máximo de 0 MB"):
        escenas.subir(escenas.hasta_documentos(titular), 5)


def test_antes_del_paso_5_no_se_carga(titular):
    """matriz.md §3: files only after steps 1-5."""
    with pytest.raises(PasoPendiente):
        escenas.subir(escenas.hasta_acta(titular), 1)


def test_una_enviada_no_recibe_archivos(titular):
    """S22."""
    gestion = escenas.recibida(titular)
    with pytest.raises(Conflicto):
        escenas.subir(gestion, 2, escenas.pdf(ancho=333))
    assert Documento.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_eliminar_borra_fila_y_bytes():
    """E4: before sending it is erased."""
    titular = escenas.titular()
    gestion = escenas.hasta_documentos(titular)
    documento = escenas.subir(gestion, 2).documento
    nombre = documento.archivo.name
    retirar(numero=gestion.numero, actor=titular, documento_id=documento.pk, ahora=gestion.ultima_accion_en)
    assert not Documento.objects.exists()
    assert not default_storage.exists(nombre)


def test_eliminar_lo_enviado_no_se_puede(titular):
    """E4, S22: what was sent is never erased."""
    gestion = escenas.recibida(titular)
    documento = gestion.documentos_vigentes[0]
    with pytest.raises(Conflicto):
        retirar(
            numero=gestion.numero, actor=titular, documento_id=documento.pk, ahora=gestion.ultima_accion_en
        )
    assert default_storage.exists(documento.archivo.name)


def test_un_archivo_de_otra_gestion_no_se_elimina_desde_esta(titular):
    """S15: the file is looked up inside its Gestión."""
    una, otra = escenas.hasta_documentos(titular), escenas.hasta_documentos(titular)
    documento = escenas.subir(otra, 2).documento
    with pytest.raises(Documento.DoesNotExist):
        retirar(numero=una.numero, actor=titular, documento_id=documento.pk, ahora=una.ultima_accion_en)


def test_el_formulario_de_una_version_anterior_no_cuenta(titular):
    """matriz.md §4: after a change, renglón 1 asks for the new paper."""
    gestion = escenas.completa(titular)
    assert gestion.renglones_faltantes() == []
    escenas.guardar(gestion, "juramento", pregunta_5="SI")
    assert Gestion.de(titular, gestion.numero).renglones_faltantes() == [gestion.renglon(1)]


# ── after sending (B7.3, E6) ──────────────────────────────────────────────────


def test_otros_admite_archivos_mientras_onsec_la_tiene(titular):
    """B7.3: in RECIBIDA it is the office's at once, and the analyst is told; the state stays."""
    ana = escenas.analista()
    gestion = escenas.tomada(titular, ana)
    documento = escenas.subir(gestion, 8).documento
    assert documento.envio == gestion.envios.get()
    despues = Gestion.de(titular, gestion.numero)
    assert (despues.estado, despues.archivar_el) == (gestion.estado, None)
    assert despues.version == gestion.version + 1
    evento = Evento.objects.get(tipo="documento_cargado")
    assert (evento.datos["renglon"], evento.datos["estado"]) == (8, "RECIBIDA")
    assert ana.notificaciones.filter(evento=evento).count() == 1


def test_otros_admite_archivos_despues_de_admitir(titular):
    """B7.3, F6: what a providencia asks for."""
    ana = escenas.analista()
    gestion = escenas.admitida(titular, ana)
    documento = escenas.subir(gestion, 8).documento
    assert documento.envio == gestion.envios.get()
    assert ana.notificaciones.filter(evento__tipo="documento_cargado").count() == 1
    assert Gestion.objects.get().estado == "ADMITIDA"


def test_lo_agregado_despues_de_enviar_ya_no_se_elimina(titular):
    """B7.3: «solo agregar»."""
    gestion = escenas.enviada_sin_papeles(titular)
    documento = escenas.subir(gestion, 8).documento
    with pytest.raises(Conflicto):
        escenas.quitar(gestion, documento)


def test_devuelta_solo_se_carga_lo_observado_y_otros(titular):
    """E6: «Ya enviado. ONSEC no pidió cambiarlo»."""
    gestion = escenas.observada(titular)
    for renglon in (1, 8):
        assert escenas.subir(gestion, renglon, escenas.pdf(ancho=400 + renglon)).documento.envio is None
    with pytest.raises(Conflicto, match="ya no se puede cambiar"):
        escenas.subir(gestion, 2)


def test_el_formulario_se_carga_cuando_su_paso_ya_se_corrigio(titular):
    """E8: there is nothing to sign before."""
    gestion = escenas.observada(titular, pasos={"beneficiario": "FALTA EL TELÉFONO."})
    with pytest.raises(PasoPendiente) as rechazo:
        escenas.subir(gestion, 1)
    assert rechazo.value.paso.clave == "beneficiario"
    gestion = escenas.rehacer(gestion, "beneficiario")
    assert escenas.subir(gestion, 1).documento.version_formulario == gestion.formulario_vigente


def test_cargar_en_la_correccion_reinicia_el_plazo(titular):
    """FB1, matriz.md §6: only once its owner was notified."""
    gestion = escenas.observada(titular)
    escenas.subir(gestion, 8)
    assert Gestion.objects.get().archivar_el is None
    gestion = escenas.notificada(gestion)
    Gestion.objects.update(base_plazo="2026-01-01")
    escenas.subir(gestion, 8, escenas.pdf(ancho=410))
    assert Gestion.objects.get().base_plazo == escenas.timezone.localdate()


def test_archivada_no_recibe_archivos(titular):
    """matriz.md §3."""
    gestion = escenas.desistida(escenas.observada(titular))
    for renglon in (1, 8):
        with pytest.raises(Conflicto, match="está archivada"):
            escenas.subir(gestion, renglon)

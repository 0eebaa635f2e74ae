"""A kept file that is not on the disk: whoever asks for it reads what to do, and the office hears of it."""

import io
import os
import shutil
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tests.fabricas import PersonalFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import palabras
from tramites.acciones.admitir import admitir
from tramites.acciones.imprimir import imprimir_admision, imprimir_previo
from tramites.models import Gestion

pytestmark = pytest.mark.django_db
TITULO = "No podemos abrir este archivo"
ONSEC = "Administración y auditoría ya recibieron el aviso."


@pytest.fixture
def ana() -> Usuario:
    return escenas.analista()


@pytest.fixture
def oficina() -> Usuario:
    return PersonalFactory(papel=Usuario.Papel.ADMINISTRACION)


@pytest.fixture
def admitida(titular, ana, oficina) -> Gestion:
    """With every paper printed: form, receipt, the previo of its first round and the admission."""
    gestion = escenas.observada(titular, ana)
    escenas.remandar(escenas.reponer(gestion, 1))
    gestion = escenas.dictaminar(Gestion.de(titular, gestion.numero), ana, renglon=1)
    admitir(numero=gestion.numero, actor=ana, version=gestion.version, ahora=timezone.now())
    gestion = Gestion.de(titular, gestion.numero)
    imprimir_previo(gestion, 1), imprimir_admision(gestion)
    for quien, nombre in ((titular, "formulario_pdf"), (titular, "constancia")):
        entrar(quien).get(reverse(nombre, args=[gestion.numero]))
    return gestion


def entrar(quien: Usuario) -> Client:
    navegador = Client()
    navegador.force_login(quien)
    return navegador


def perder(gestion: Gestion) -> None:
    shutil.rmtree(default_storage.path(f"gestiones/{gestion.numero}"))


DEL_TITULAR = [
    ("documento", True),
    ("formulario_pdf", False),
    ("constancia", False),
    ("aviso_previo", 1),
    ("admision", False),
]
DE_LA_MESA = [
    ("archivo_revision", True),
    ("constancia_revision", False),
    ("aviso_previo_revision", 1),
    ("admision_revision", False),
]


def direccion(gestion: Gestion, nombre: str, mas: bool | int) -> str:
    clave = gestion.documentos_vigentes[0].pk if mas is True else mas
    return reverse(nombre, args=[gestion.numero, *([clave] if mas else [])])


def test_cada_archivo_del_titular_dice_que_hacer(admitida, titular, oficina):
    """Documents, the frozen form and every paper; once more says it once more and tells it once."""
    perder(admitida)
    for nombre, mas in DEL_TITULAR:
        for pedir in (entrar(titular).get, entrar(titular).head, entrar(titular).get):
            respuesta = pedir(direccion(admitida, nombre, mas))
            assert respuesta.status_code == 404, nombre
        assert TITULO in palabras(respuesta)
        assert "llame al" in palabras(respuesta)
    perdidos = Evento.objects.filter(tipo="archivo_perdido", gestion=admitida.numero)
    assert len({e.datos["archivo"] for e in perdidos}) == len(DEL_TITULAR) == perdidos.count()
    assert oficina.notificaciones.filter(plantilla="archivo_perdido").count() == len(DEL_TITULAR)
    assert not Notificacion.objects.filter(plantilla="archivo_perdido", destinatario=titular).exists()
    historial = entrar(titular).get(reverse("gestion", args=[admitida.numero]))
    assert "No se halló" not in palabras(historial)


def test_cada_archivo_de_la_mesa_dice_a_quien_pedirlo(admitida, ana):
    perder(admitida)
    for nombre, mas in DE_LA_MESA:
        respuesta = entrar(ana).get(direccion(admitida, nombre, mas))
        assert respuesta.status_code == 404, nombre
        assert ONSEC in palabras(respuesta)
    aviso = Notificacion.objects.filter(plantilla="archivo_perdido").first()
    pagina = palabras(entrar(aviso.destinatario).get(reverse("notificacion", args=[aviso.pk])))
    assert f"gestiones/{admitida.numero}/" in pagina
    assert "copia de respaldo" in pagina


def test_la_pagina_que_falta_lo_dice_en_su_lugar(admitida, ana):
    """The viewer shows a picture with the words, not a broken one."""
    perder(admitida)
    documento = admitida.documentos_vigentes[0]
    respuesta = entrar(ana).get(reverse("pagina", args=[admitida.numero, documento.pk, 1]))
    assert (respuesta.status_code, respuesta["Content-Type"]) == (404, "image/svg+xml")
    assert "No encontramos este archivo" in respuesta.content.decode()
    assert Evento.objects.filter(tipo="archivo_perdido").count() == 1
    assert entrar(ana).get(reverse("revision", args=[admitida.numero])).status_code == 200


def test_la_exportacion_sale_con_lo_que_hay_y_lo_denuncia(admitida, ana):
    perder(admitida)
    respuesta = entrar(ana).post(reverse("exportar", args=[admitida.numero]))
    indice = ZipFile(io.BytesIO(b"".join(respuesta.streaming_content))).read("indice.txt").decode()
    enviados = admitida.documentos.exclude(envio=None).count()
    assert indice.count("FALTA: no está donde se guardó.") == enviados
    assert Evento.objects.filter(tipo="archivo_perdido").count() == enviados


def test_en_un_borrador_se_puede_eliminar_y_cargar_otra_vez(titular):
    gestion = escenas.con_archivos(titular)
    perder(gestion)
    documento, navegador = gestion.documentos_vigentes[0], entrar(titular)
    pagina = palabras(navegador.get(reverse("documento", args=[gestion.numero, documento.pk])))
    assert "elimine este y cárguelo otra vez" in pagina
    navegador.post(reverse("eliminar", args=[gestion.numero, documento.pk]))
    escenas.subir(Gestion.de(titular, gestion.numero), documento.renglon, escenas.pdf())
    nuevo = next(
        d for d in Gestion.de(titular, gestion.numero).documentos_vigentes if d.renglon == documento.renglon
    )
    assert navegador.get(reverse("documento", args=[gestion.numero, nuevo.pk])).status_code == 200


def test_una_carpeta_en_su_lugar_es_igual(titular):
    """Whatever the disk answers instead of the file."""
    gestion = escenas.con_archivos(titular)
    documento = gestion.documentos_vigentes[0]
    ruta = documento.archivo.path
    os.unlink(ruta)
    os.mkdir(ruta)
    respuesta = entrar(titular).get(reverse("documento", args=[gestion.numero, documento.pk]))
    assert respuesta.status_code == 404
    assert TITULO in palabras(respuesta)

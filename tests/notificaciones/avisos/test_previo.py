"""The notice of a previo: section D field by field, and its preview on the desk."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mesa.consultas.vista_previa import vista_previa_previo
from notificaciones.correo.redaccion import redactar
from notificaciones.models import Correo, Notificacion
from tests.fabricas import PersonalFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import enlace
from tramites.models import Gestion, Resultado

pytestmark = pytest.mark.django_db

EMITIDO = datetime(2026, 6, 11, 17, 36, 41, tzinfo=UTC)  # in Guatemala, 11:36:41
ILEGIBLE = "DICTAMEN ILEGIBLE."
TELEFONO = "FALTA EL TELÉFONO."


@pytest.fixture
def ana():
    return escenas.analista()


@pytest.fixture
def revisada(ana) -> Gestion:
    """Judged whole: the form unsigned, the dictamen illegible, step 2 wrong; not returned yet."""
    gestion = escenas.tomada(escenas.titular(), ana)
    return escenas.observar_en(gestion, ana, {6: ILEGIBLE}, {"beneficiario": TELEFONO})


@pytest.fixture
def devuelta(revisada, ana) -> Gestion:
    with time_machine.travel(EMITIDO, tick=False):
        return escenas.devolver(revisada, ana)


def correo() -> Correo:
    return Correo.objects.get(plantilla="previo")


def plano(html: str) -> str:
    """The words of the HTML, in order."""
    sin_estilo = re.sub(r"<(style|title)>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", sin_estilo).split())


def cuerpos() -> list[str]:
    """The two bodies of the mail, in words."""
    carta = redactar(correo())
    return [" ".join(carta.body.split()), plano(carta.alternatives[0][0])]


def test_el_correo_lleva_cada_campo_en_su_orden(devuelta, settings):
    """D1, textos.md §13: text and HTML."""
    settings.URL_PUBLICA = "https://ceo.example.gt"
    campos = [
        "Oficina Nacional de Servicio Civil",
        "NO RESPONDA A ESTE CORREO.",
        "Este es un correo generado automáticamente por el sistema.",
        f"Gestión No.: {devuelta.numero}",
        "Fecha de envío: 11-06-2026 11:36:41",
        "Estado: Solicitud con observaciones",
        "Estimado (a) usuario (a):",
        "Se le informa que en la verificación de datos y documentos de la solicitud de Pensión Civil por "
        "Invalidez se ha encontrado algo por corregir.",
        "Motivo de envío a PREVIO",
        "DOCUMENTOS PENDIENTES DE CARGAR",
        "Paso 2: ver observación",
        "Documento 6: ver observación",
        "ONSEC revisó su solicitud y le pide corregir algo. Entre al portal, corrija lo señalado y envíela "
        "otra vez. Si no actúa en seis meses, se archivará; la fecha exacta está en el portal.",
        "Toda gestión realizada ante esta oficina o a través del Portal de Comunicaciones Electrónicas "
        "ONSEC-CEO es totalmente gratuita.",
        "Gracias por utilizar nuestros servicios electrónicos.",
    ]
    for cuerpo in cuerpos():
        lugares = [cuerpo.find(campo) for campo in campos]
        assert -1 not in lugares, campos[lugares.index(-1)]
        assert lugares == sorted(lugares)


def test_cada_observacion_lleva_su_enlace(devuelta, settings):
    """D3, S32: to the very window or step, on the portal's own address."""
    settings.URL_PUBLICA = "https://ceo.example.gt"
    base = f"https://ceo.example.gt/gestiones/{devuelta.numero}/"
    carta = redactar(correo())
    assert f"Paso 2: ver observación {base}paso/beneficiario/\n" in carta.body
    assert f"Documento 6: ver observación {base}documentos/6/\n" in carta.body
    enlaces = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', carta.alternatives[0][0])
    assert enlaces == [
        (f"{base}paso/beneficiario/", "ver observación"),
        (f"{base}documentos/6/", "ver observación"),
        (base, "Ver qué debo corregir"),
    ]


def test_el_correo_no_dice_que_documento_ni_por_que(devuelta):
    """D3: no medical document, no file's name, no Caso de Previo; not even in the row that waits."""
    carta = redactar(correo())
    todo = f"{carta.subject} {carta.body} {carta.alternatives[0][0]} {correo().contexto}".lower()
    prohibidas = [
        "dictamen",
        "medicina",
        "igss",
        ILEGIBLE.lower(),
        TELEFONO.lower(),
        "documento 6.pdf",
        ".pdf",
    ]
    persona = devuelta.solicitante
    prohibidas += [persona.cui, persona.primer_nombre.lower(), persona.primer_apellido.lower()]
    assert [p for p in prohibidas if p in todo] == []


def test_el_asunto_es_el_fijado(devuelta):
    """D3, mensajes.md §8: nothing of health in it."""
    assert correo().asunto == f"Gestión No. {devuelta.numero}: Solicitud con observaciones"


def test_sin_motivo_dice_documentos_con_observaciones(revisada, ana):
    """F2."""
    escenas.devolver(revisada, ana, "  ")
    assert "Motivo de envío a PREVIO DOCUMENTOS CON OBSERVACIONES" in cuerpos()[0]


def test_la_fecha_no_cambia_en_los_reintentos(devuelta):
    """D1b: the instant of the previo, whenever the mail leaves."""
    with time_machine.travel(EMITIDO + timedelta(days=3)):
        assert "Fecha de envío: 11-06-2026 11:36:41" in redactar(correo()).body


@pytest.mark.parametrize(("meses", "plazo"), [(3, "tres meses"), (1, "un mes"), (6, "seis meses")])
def test_el_plazo_es_el_de_la_gestion(revisada, ana, meses, plazo):
    """FB6: never a fixed number."""
    Gestion.objects.filter(pk=revisada.pk).update(meses_archivo=meses)
    escenas.devolver(revisada, ana)
    assert f"Si no actúa en {plazo}, se archivará" in cuerpos()[0]


def test_mis_notificaciones_dice_lo_mismo_con_el_detalle(devuelta, client):
    """D2: the same content, and there the document's name and its Caso de Previo."""
    client.force_login(devuelta.solicitante)
    aviso = Notificacion.objects.get(plantilla="previo")
    pagina = plano(client.get(reverse("notificacion", args=[aviso.pk])).content.decode())
    for texto in (
        f"Gestión No. {devuelta.numero}",
        "Fecha de envío 11-06-2026 11:36:41",
        "Estado Solicitud con observaciones",
        "Se le informa que en la verificación de datos y documentos de la solicitud de Pensión Civil por "
        "Invalidez se ha encontrado algo por corregir.",
        "Motivo de envío a PREVIO DOCUMENTOS PENDIENTES DE CARGAR",
        "Paso 2: ver observación de Paso 2 Datos del Beneficiario Caso de Previo: FALTA EL TELÉFONO.",
        "Documento 6: ver observación de Documento 6 Dictamen de medicina legal "
        "Caso de Previo: DICTAMEN ILEGIBLE.",
        "es totalmente gratuita.",
        "Gracias por utilizar nuestros servicios electrónicos.",
    ):
        assert texto in pagina


def test_lo_que_escribe_el_analista_no_se_vuelve_html(revisada, ana, client):
    """S26: escaped in the mail and in the page."""
    escenas.dictaminar(
        revisada, ana, renglon=6, resultado=Resultado.OBSERVADO, texto="<script>x</script> {{ 7 }}"
    )
    gestion = escenas.devolver(revisada, ana, "<b>MOTIVO</b>")
    html = redactar(correo()).alternatives[0][0]
    assert "&lt;b&gt;MOTIVO&lt;/b&gt;" in html
    client.force_login(gestion.solicitante)
    aviso = Notificacion.objects.get(plantilla="previo")
    pagina = client.get(reverse("notificacion", args=[aviso.pk])).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; {{ 7 }}" in pagina


# ── the preview ───────────────────────────────────────────────────────────────


def ver(client, gestion, nombre="vista_previa_correo", motivo=""):
    client.post(reverse("decidir", args=[gestion.numero]), {"motivo": motivo, "accion": nombre})
    return client.get(reverse(nombre, args=[gestion.numero]))


def test_la_vista_previa_es_el_correo_que_saldra(revisada, ana, client):
    """F1, D1: word for word, subject and both bodies."""
    with time_machine.travel(EMITIDO, tick=False):
        vista = vista_previa_previo(gestion=revisada, motivo=escenas.MOTIVO, ahora=timezone.now())
        client.force_login(ana)
        html = ver(client, revisada, "vista_previa_html", motivo=escenas.MOTIVO).content.decode()
        assert not Correo.objects.filter(plantilla="previo").exists()
        assert mail.outbox == []
        escenas.devolver(revisada, ana, escenas.MOTIVO)
    real = redactar(correo())
    assert (vista.asunto, vista.texto, vista.html) == (real.subject, real.body, real.alternatives[0][0])
    assert html == vista.html


def test_la_vista_previa_se_lee_en_la_mesa(revisada, ana, client):
    """contrato.md: «Vista previa del correo»."""
    client.force_login(ana)
    respuesta = ver(client, revisada, motivo="FALTA UNA FIRMA")
    texto = plano(respuesta.content.decode())
    assert respuesta.status_code == 200
    assert "Vista previa del correo" in texto
    assert f"Asunto Gestión No. {revisada.numero}: Solicitud con observaciones" in texto
    assert "Motivo de envío a PREVIO FALTA UNA FIRMA" in texto


def test_la_vista_con_diseno_lleva_el_motivo_escrito(revisada, ana, client):
    """F1, D1: the link of the preview shows the very mail, not the one of the empty motive."""
    client.force_login(ana)
    motivo = "FALTA «UNA» FIRMA & EL SELLO"
    disenada = client.get(enlace(ver(client, revisada, motivo=motivo), "Ver el correo con su diseño"))
    assert f"Motivo de envío a PREVIO {motivo}" in unescape(plano(disenada.content.decode()))


def test_la_vista_con_diseno_no_corre_nada(revisada, ana, client):
    """S28: a mail's own style, no script, no origin."""
    client.force_login(ana)
    politica = ver(client, revisada, "vista_previa_html").headers["Content-Security-Policy"]
    directivas = [directiva.strip() for directiva in politica.split(";")]
    assert {"sandbox", "default-src 'none'"} <= set(directivas)


def test_ya_emitido_se_ve_el_que_salio(devuelta, ana, client):
    """matriz.md §3 `vista previa`: OBSERVADA too; the motive of the address no longer counts."""
    client.force_login(ana)
    texto = plano(ver(client, devuelta, motivo="OTRO").content.decode())
    assert "Fecha de envío: 11-06-2026 11:36:41" in texto
    assert "OTRO" not in texto


@pytest.mark.parametrize(
    ("papel", "codigo"),
    [("jefatura", 200), ("analista", 403), ("administracion", 403), ("auditoria", 403), ("consulta", 403)],
)
def test_la_vista_previa_es_de_quien_la_tiene_y_de_jefatura(revisada, client, papel, codigo):
    """matriz.md §3: A* J."""
    client.force_login(PersonalFactory(papel=papel))
    assert ver(client, revisada).status_code == codigo


def test_para_el_titular_no_existe(revisada, client):
    """matriz.md §1: 404 in /revision/."""
    client.force_login(revisada.solicitante)
    assert ver(client, revisada).status_code == 404
    assert ver(client, revisada, "vista_previa_html").status_code == 404


def test_sin_previo_que_mostrar_es_un_conflicto(client):
    """matriz.md §3: ADMITIDA at the first round."""
    ana = escenas.analista()
    gestion = escenas.admitida(escenas.titular(), ana)
    client.force_login(ana)
    assert ver(client, gestion).status_code == 409

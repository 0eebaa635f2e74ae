"""What changes and what never does: reading writes nothing, and a form writes only its own fields."""

import itertools
import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.fabricas import NotificacionFactory
from tests.tramites import escenas
from tramites.models import Documento, Envio, Gestion, RespuestaPaso, VersionFormulario

from .test_acceso import RUTAS, direccion

# The session slides with each visit.
FUERA = {"sessions.Session"}
# Of what staff do on a GET, only that they read it is kept: it has no effect on the person.
LECTURAS = {"bitacora.Evento", "bitacora.PorSellar"}
PREFETCH = {"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Site": "none"}
AHORA = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)


def contenido() -> dict[str, list]:
    """Every row of every table."""
    return {
        m._meta.label: list(m._base_manager.order_by("pk").values())
        for m in apps.get_models()
        if m._meta.label not in FUERA
    }


def paginas(*gestiones: Gestion) -> list[str]:
    """Every address, those of these Gestiones and of each notice there is among them."""
    urls = [direccion(nombre, g) for g in gestiones for nombre in RUTAS]
    urls += [reverse("notificacion", args=[n.pk]) for n in Notificacion.objects.all()]
    urls += [reverse(n, kwargs=a) for n, a in DIRECCIONES if n not in {*RUTAS, "notificacion", "admin:None"}]
    for argumentos, gestion in itertools.product(({"renglon": 2}, {"clave": "beneficiario"}, {}), gestiones):
        urls += [
            _de_la_mesa(n, gestion, argumentos) for n, a in DIRECCIONES if set(a) == {"numero", *argumentos}
        ]
    return urls


def _de_la_mesa(nombre: str, gestion: Gestion, argumentos: dict) -> str:
    return reverse(nombre, kwargs={"numero": gestion.numero} | argumentos)


def test_leer_no_cambia_nada(cliente, titular):
    """S19: every page of a signed-in person, as arriving from outside and as a prefetch.

    A paper is rendered by the first that asks.
    """
    gestiones = [escenas.con_archivos(titular), escenas.observada(titular)]
    urls = paginas(*gestiones)
    urls += [escena + "?volver=1&accion=continuar&confirmada=1&ficha=1&q=11" for escena in urls]
    for url in urls:
        if url.endswith(".pdf"):
            cliente.get(url)
    antes = contenido()
    assert Notificacion.objects.filter(destinatario=titular).count() == 2
    for url in urls:
        cliente.get(url, headers=PREFETCH if "?" in url else {})
        cliente.head(url)
    assert contenido() == antes


@pytest.mark.parametrize("papel", ["analista", "jefatura", "administracion", "auditoria", "consulta"])
def test_lo_que_lee_el_personal_no_cambia_mas_que_la_bitacora(client, titular, papel):
    """S19: the desk too; a reading is logged and moves no Gestión, notice or account."""
    gestion, quien = escenas.enviada_sin_papeles(titular), escenas.analista(papel=papel)
    aviso = NotificacionFactory(destinatario=quien)
    client.force_login(quien)
    urls = paginas(gestion)
    for url in urls:
        if url.endswith(".pdf"):
            client.get(url)
    antes = contenido()
    for url in urls:
        client.get(url, headers=PREFETCH)
    despues = contenido()
    assert {t for t, filas in despues.items() if filas != antes[t]} <= LECTURAS
    aviso.refresh_from_db()
    assert aviso.leida_en is None


HIJOS = (RespuestaPaso, VersionFormulario, Documento, Envio)
PROPIOS = {
    "numero",
    "pk",
    "id",
    "gestion",
    "solicitante",
    "ficha",
    "codigo",
    "resumen",
    "contenido",
    "sha256",
}
AJENOS = {"archivo", "pdf", "constancia", "envio", "version_formulario", "titular_cui"}


def lo_que_importa(fila) -> dict:
    """A row without what tells one Gestión from its twin."""
    return {
        c.name: getattr(fila, c.attname) for c in fila._meta.concrete_fields if c.name not in PROPIOS | AJENOS
    }


def retrato(persona: Usuario) -> list:
    """The account and all that hangs from it."""
    cuenta = lo_que_importa(Usuario.objects.get(pk=persona.pk))
    gestiones = Gestion.objects.filter(solicitante=persona).order_by("pk")
    hijos = [lo_que_importa(h) for m in HIJOS for h in m.objects.filter(gestion__solicitante=persona)]
    propios = {"usuario": None, "cui": None, "email": None, "last_login": None}
    return [cuenta | propios, [lo_que_importa(g) for g in gestiones], sorted(hijos, key=repr)]


def inyectados() -> dict[str, str]:
    """Every field of every model that a person might wish to set, with a value that they might try."""
    columnas = [f for m in (Gestion, Usuario, *HIJOS) for f in m._meta.concrete_fields]
    campos = {nombre for f in columnas for nombre in (f.name, f.attname)}
    estados = {"estado": "ADMITIDA", "papel": "administracion", "tipo": "personal", "version": "99"}
    return dict.fromkeys(campos, "1") | estados | {"verificado": "SI", "is_superuser": "on", "titular": "1"}


CASOS = {
    "datos-generales": (escenas.nueva, "paso"),
    "beneficiario": (escenas.hasta_acta, "paso"),
    "juramento": (escenas.hasta_acta, "paso"),
    "acta": (escenas.hasta_acta, "paso"),
    "notificado": (escenas.hasta_documentos, "paso"),
    "documentos": (escenas.con_archivos, "paso"),
    "validacion": (escenas.con_archivos, "paso"),
    "archivos": (escenas.con_archivos, "archivos"),
    "eliminar": (escenas.con_archivos, "eliminar"),
    "enviar": (escenas.con_archivos, "enviar"),
    "inicio_tramite": (escenas.con_archivos, "inicio_tramite"),
}


def legitimo(caso: str, gestion: Gestion) -> dict:
    """What the page's own form sends."""
    propios = {
        "notificado": {"confirmo": "on"},
        "archivos": {
            "ficha": str(uuid.uuid4()),
            "archivo": SimpleUploadedFile("a.pdf", escenas.pdf(ancho=444)),
        },
        "enviar": {"ficha": str(uuid.uuid4()), "version": gestion.version},
        "inicio_tramite": {"ficha": str(uuid.uuid4()), "confirmada": "1"},
    }
    return propios.get(caso) or escenas.RESPUESTAS.get(caso, {})


def actuar(client, caso: str, extra: dict) -> tuple[int, list]:
    """Bring a new person there, press the button with those extra fields, and look."""
    escena, ruta = CASOS[caso]
    persona = escenas.titular(primer_nombre="ROSALINDA")
    gestion = escena(persona, AHORA)
    client.force_login(persona)
    client.post(reverse("derecho", args=["invalidez"]))
    url = (
        reverse(ruta, args=["invalidez"])
        if ruta == "inicio_tramite"
        else direccion(ruta, gestion, clave=caso if ruta == "paso" else "")
    )
    respuesta = client.post(url, extra | legitimo(caso, gestion))
    return respuesta.status_code, retrato(persona)


@pytest.mark.django_db
@pytest.mark.parametrize("caso", CASOS)
def test_los_campos_ajenos_no_cambian_nada(client, caso):
    """S21: the same act with every column injected leaves the same rows as without them."""
    with time_machine.travel(AHORA, tick=False):
        limpio = actuar(client, caso, {})
        sucio = actuar(client, caso, inyectados())
    assert limpio == sucio
    assert limpio[0] in {200, 302}

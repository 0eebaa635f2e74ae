"""What was typed in any form survives the end of the session and the turn of its token (mensajes.md §5)."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ceo_portal.interfaz.errores import RECUPERABLE
from cuentas.apartado import APARTADO
from cuentas.models import Usuario
from tests.arquitectura.test_direcciones import DIRECCIONES, PUBLICAS, SOLO_DE_LA_DEMOSTRACION
from tests.fabricas import CorreoFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import campos, palabras
from tramites.models import Gestion, Nota, Rectificacion

pytestmark = pytest.mark.django_db
TEXTO = "Un texto largo, escrito con cuidado & sin copia"


def _con_falla(titular: Usuario, ana: Usuario) -> Gestion:
    gestion = escenas.observada(titular, ana)
    CorreoFactory(gestion=gestion.numero, estado="fallido", intentos=12, tomado_en=gestion.creada_en)
    return gestion


@dataclass(frozen=True)
class Formulario:
    """A form with free text: who fills it in, on which Gestión, and the field with the text."""

    quien: str
    campo: str
    mas: tuple[Any, ...] = ()
    datos: dict[str, str] = field(default_factory=dict)
    escena: Callable[[Usuario, Usuario], Gestion] = lambda t, ana: escenas.tomada(t, ana)


TITULAR, ANALISTA, JEFATURA, AUDITORIA = "titular", "analista", "jefatura", "auditoria"
ARCHIVADA = {"escena": lambda t, ana: escenas.desistida(escenas.tomada(t, ana))}
FORMULARIOS = {
    "paso": Formulario(TITULAR, "direccion", ("beneficiario",), escena=lambda t, _a: escenas.hasta_acta(t)),
    "pedir_rectificacion": Formulario(TITULAR, "texto", datos={"ficha": str(uuid.uuid4())}),
    "desistir": Formulario(TITULAR, "motivo", datos={"version": "1"}),
    "juzgar_renglon": Formulario(
        ANALISTA, "d-1-texto", (1,), {"d-1-resultado": "OBSERVADO", "d-1-version": "1"}
    ),
    "juzgar_paso": Formulario(ANALISTA, "p-juramento-texto", ("juramento",), {"p-juramento-version": "1"}),
    "decidir": Formulario(ANALISTA, "motivo", datos={"accion": "vista_previa_correo"}),
    "observar": Formulario(ANALISTA, "motivo", datos={"version": "1"}),
    "internos": Formulario(ANALISTA, "posible_alteracion", datos={"version": "1"}),
    "anotar": Formulario(ANALISTA, "texto", datos={"ficha": str(uuid.uuid4())}),
    "registrar_notificacion": Formulario(ANALISTA, "medio", datos={"fecha": "01/01/2026"}, escena=_con_falla),
    "desarchivar": Formulario(JEFATURA, "motivo", datos={"version": "1"}, **ARCHIVADA),
    "leer_con_motivo": Formulario(AUDITORIA, "motivo"),
    "exportar": Formulario(AUDITORIA, "motivo"),
}
# What takes a POST and nothing that somebody typed at length: buttons, a choice, a file, a search.
SIN_TEXTO = {
    *("tablero", "derecho", "inicio_tramite", "archivos", "eliminar", "sustituir", "enviar", "retomar"),
    *("tomar", "liberar", "reasignar", "admitir", "tomar_siguiente", "notificacion"),
    *("mesa", "bitacora", "exportar_bitacora", "verificar_bitacora", "reintentar_correo"),
    *("mis_datos", "notificaciones", "declarar_cui", "solicitudes", "previos"),
    "solicitudes_de",
}


@pytest.fixture(params=FORMULARIOS)
def formulario(request) -> tuple[Usuario, str, dict[str, str], str]:
    """Who, the address, what is sent and the name of the field with the text."""
    f = FORMULARIOS[request.param]
    titular, ana = escenas.titular(), escenas.analista()
    gestion = f.escena(titular, ana)
    quien = {TITULAR: titular, ANALISTA: ana}.get(f.quien) or escenas.analista(papel=f.quien)
    url = reverse(request.param, args=[gestion.numero, *f.mas])
    return quien, url, f.datos | {f.campo: TEXTO}, f.campo


def se_ve(respuesta) -> bool:
    """Whether the text is on the page for a person, in a control or in words."""
    html = respuesta.content.decode()
    controles = "".join(re.findall(r"<textarea.*?</textarea>|<input(?![^>]*type=.hidden)[^>]*>", html, re.S))
    return TEXTO.replace("&", "&amp;") in controles or TEXTO in palabras(respuesta)


def ingresar(cliente: Client, quien: Usuario) -> None:
    """As signing in does, the password typed now."""
    cliente.force_login(quien)
    sesion = cliente.session
    sesion["account_authentication_methods"] = [{"method": "password", "at": 9_999_999_999}]
    sesion["account_authentication_methods_user"] = str(quien.pk)
    sesion.save()


def test_lo_escrito_con_la_sesion_vencida_vuelve_al_ingresar(formulario):
    """mensajes.md §5: «lo que escribió está guardado» is true of every form."""
    quien, url, datos, _ = formulario
    cliente = Client()
    cliente.cookies["dentro"] = "1"
    respuesta = cliente.post(url, datos, follow=True)
    assert "lo que escribió está guardado" in palabras(respuesta)
    siguiente = respuesta.redirect_chain[-1][0]
    assert f"next={url}" in siguiente
    ingresar(cliente, quien)
    assert se_ve(cliente.get(url, follow=True))


def test_lo_escrito_con_la_ficha_de_otra_sesion_vuelve(formulario):
    """mensajes.md §6, S19: the token is refused; the text is kept and shown again."""
    quien, url, datos, _ = formulario
    cliente = Client(enforce_csrf_checks=True)
    ingresar(cliente, quien)
    cliente.get(reverse("mis_datos"))
    respuesta = cliente.post(url, datos | {"csrfmiddlewaretoken": "a" * 64})
    assert respuesta.status_code == 403
    assert RECUPERABLE in palabras(respuesta)
    assert se_ve(cliente.get(url, follow=True))


def test_lo_escrito_sin_ninguna_galleta_vuelve_en_la_misma_respuesta(formulario):
    """mensajes.md §6: nobody knows whose it is, so nothing is kept; it is shown, copied or sent again."""
    quien, url, datos, _ = formulario
    cliente = Client(enforce_csrf_checks=True)
    respuesta = cliente.post(url, datos)
    assert respuesta.status_code == 403
    assert "La página caducó. Vuelva atrás, revise sus datos y envíelos de nuevo." in palabras(respuesta)
    assert se_ve(respuesta)
    assert "no-store" in respuesta["Cache-Control"]
    assert settings.SESSION_COOKIE_NAME not in cliente.cookies
    assert not se_ve(Client(enforce_csrf_checks=True).get(url, follow=True))
    # Sent again from there it waits for whoever signs in, as any other.
    devuelto = cliente.post(url, campos(respuesta))
    assert reverse("account_login") in devuelto["Location"]
    ingresar(cliente, quien)
    assert se_ve(cliente.get(url, follow=True))


def test_con_sesion_y_sin_la_galleta_de_la_ficha_tambien_vuelve(formulario):
    quien, url, datos, _ = formulario
    cliente = Client(enforce_csrf_checks=True)
    ingresar(cliente, quien)
    respuesta = cliente.post(url, datos)
    assert respuesta.status_code == 403
    assert RECUPERABLE in palabras(respuesta)
    assert se_ve(cliente.get(url, follow=True))


REGISTRO = {"primer_nombre": TEXTO, "cui": "1234", "clave": "muy-secreta", "clave_repetida": "muy-secreta"}
SECRETOS = {
    "account_signup": REGISTRO,
    "account_login": {"login": TEXTO, "password": "muy-secreta", "next": "/tablero/"},
    "account_change_password": {"otro": TEXTO, "oldpassword": "muy-secreta", "password1": "muy-secreta"},
    "mfa_authenticate": {"otro": TEXTO, "code": "muy-secreta"},
}


@pytest.mark.parametrize("nombre", SECRETOS)
def test_sin_galletas_nunca_se_muestra_un_secreto_ni_un_archivo(nombre):
    """S43: the names and figures that somebody typed to register come back; the password does not."""
    archivo = SimpleUploadedFile("secreto.pdf", b"%PDF-1.7 de-adentro")
    respuesta = Client(enforce_csrf_checks=True).post(
        reverse(nombre), SECRETOS[nombre] | {"archivo": archivo, "csrfmiddlewaretoken": "marca-de-otro"}
    )
    assert respuesta.status_code == 403
    assert se_ve(respuesta)
    html = respuesta.content.decode()
    assert "Deberá elegir el archivo de nuevo." in html
    for secreto in ("muy-secreta", "secreto.pdf", "de-adentro", "marca-de-otro", "Next"):
        assert secreto not in html


def test_lo_que_se_muestra_sin_galletas_no_es_codigo():
    """S27: what came is text, in the list and in what is sent again."""
    texto = '"><script>alert(1)</script>{{ 7 }}'
    respuesta = Client(enforce_csrf_checks=True).post("/cuenta/registro/", {'a"><b>': texto, "b": texto})
    assert "<script>alert" not in respuesta.content.decode()
    assert campos(respuesta)["b"] == texto


@pytest.mark.parametrize(
    "cabeceras",
    [{"origin": "https://otro.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=lambda c: " ".join(c.values()),
)
def test_lo_que_envia_otro_sitio_no_se_muestra_como_escrito(cabeceras):
    """S19: nobody puts words in another's mouth."""
    cliente = Client(enforce_csrf_checks=True, headers=cabeceras)
    respuesta = cliente.post("/cuenta/registro/", {"primer_nombre": TEXTO})
    assert respuesta.status_code == 403
    assert not se_ve(respuesta)
    assert "Enviar lo que escribí" not in palabras(respuesta)


def test_a_otra_persona_no_se_le_muestra(formulario):
    """S14, S43: on a shared computer, whoever may not open that page reads nothing of it."""
    _, url, datos, _ = formulario
    cliente = Client()
    cliente.post(url, datos)
    ingresar(cliente, escenas.titular())
    respuesta = cliente.get(url, follow=True)
    assert TEXTO not in respuesta.content.decode().replace("&amp;", "&")


def test_cada_direccion_que_recibe_un_envio_esta_en_la_tabla():
    """A new form falls here until it is known whether its text survives."""
    conocidas = FORMULARIOS.keys() | SIN_TEXTO | PUBLICAS | SOLO_DE_LA_DEMOSTRACION
    cliente = Client()
    nuevas = [
        nombre
        for nombre, argumentos in DIRECCIONES
        if ":" not in nombre
        and nombre not in conocidas
        and not nombre.startswith(("account_", "mfa_"))
        and cliente.post(reverse(nombre, kwargs=argumentos)).status_code != 405
    ]
    assert nuevas == []


def test_lo_que_se_envia_de_nuevo_se_hace_y_ya_no_se_ofrece():
    """The page that gives it back sends the same form, with the same ficha: one act."""
    ana = escenas.analista()
    gestion = escenas.tomada(escenas.titular(), ana)
    url, ficha = reverse("anotar", args=[gestion.numero]), str(uuid.uuid4())
    cliente = Client()
    cliente.post(url, {"texto": TEXTO, "ficha": ficha})
    ingresar(cliente, ana)
    vuelto = campos(cliente.get(url))
    assert (vuelto["texto"], vuelto["ficha"]) == (TEXTO, ficha)
    for _ in range(2):
        cliente.post(url, vuelto)
    assert Nota.objects.get().texto == TEXTO
    assert "Lo que había escrito" not in palabras(cliente.get(url, follow=True))


def test_lo_que_se_descarta_no_vuelve():
    ana = escenas.analista()
    gestion = escenas.tomada(escenas.titular(), ana)
    url = reverse("anotar", args=[gestion.numero])
    cliente = Client()
    cliente.post(url, {"texto": TEXTO, "ficha": str(uuid.uuid4())})
    ingresar(cliente, ana)
    cliente.get(url, {"descartar": "1"})
    assert APARTADO not in cliente.session
    assert "Lo que había escrito" not in palabras(cliente.get(url, follow=True))


def test_la_rectificacion_vuelve_a_su_propia_caja():
    gestion = escenas.enviada_sin_papeles(escenas.titular())
    url = reverse("pedir_rectificacion", args=[gestion.numero])
    cliente = Client()
    cliente.post(url, {"texto": TEXTO, "ficha": str(uuid.uuid4())})
    ingresar(cliente, gestion.solicitante)
    respuesta = cliente.get(url)
    assert TEXTO.replace("&", "&amp;") in respuesta.content.decode().split('id="id_texto">')[1]
    cliente.post(url, campos(respuesta) | {"texto": TEXTO})
    assert Rectificacion.objects.get().texto == TEXTO
    assert APARTADO not in cliente.session


def test_tambien_en_administracion():
    """A form of the admin, with each of its fields."""
    cliente = Client()
    url = reverse("admin:tramites_asuetoextra_add")
    cliente.post(url, {"fecha": "24/12/2099", "motivo": TEXTO, "_save": "Guardar"})
    ingresar(cliente, escenas.analista(papel="administracion"))
    respuesta = cliente.get(url)
    assert se_ve(respuesta)
    assert campos(respuesta)["_save"] == "Guardar"


@pytest.mark.parametrize("nombre", ["password", "oldpassword", "password1", "clave", "clave_repetida"])
def test_nunca_se_guarda_una_contrasena_ni_un_archivo(nombre):
    """S43: neither in the session nor on a page; nor what is typed to prove who one is."""
    gestion = escenas.enviada_sin_papeles(escenas.titular())
    cliente = Client()
    url = reverse("pedir_rectificacion", args=[gestion.numero])
    archivo = SimpleUploadedFile("secreto.pdf", b"%PDF-1.7 secreto")
    cliente.post(url, {"texto": TEXTO, nombre: "muy-secreta", "archivo": archivo})
    guardado = repr(cliente.session[APARTADO])
    assert TEXTO in guardado
    assert "muy-secreta" not in guardado
    assert "secreto" not in guardado
    cliente.post(reverse("account_change_password"), {"oldpassword": "x", "otro": TEXTO})
    assert cliente.session[APARTADO]["ruta"] == url


def test_lo_que_viene_de_otro_sitio_no_se_aparta():
    """S19: with another origin nothing of what came is shown as one's own."""
    ana = escenas.analista()
    url = reverse("anotar", args=[escenas.tomada(escenas.titular(), ana).numero])
    cliente = Client(enforce_csrf_checks=True, headers={"origin": "https://otro.example"})
    ingresar(cliente, ana)
    assert cliente.post(url, {"texto": TEXTO}).status_code == 403
    assert APARTADO not in cliente.session
    assert settings.SESSION_COOKIE_NAME in cliente.cookies

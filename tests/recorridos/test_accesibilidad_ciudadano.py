"""Every page of the citizen, in each of its states: axe finds nothing and nothing overflows."""

from collections.abc import Callable, Iterable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.accesibilidad import revisar
from tests.tramites import escenas
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.models import Gestion

from . import pasos

Abrir = Callable[..., Page]
ANCHOS = (320, 1280)
LARGO = "WOLFGANGSCHLEGELSTEINHAUSENBERGERDORFFWELTEVREDENKELCHTERMANN"[:60]
PERSONAS = {
    "nombre corriente": {},
    "nombre de 60 letras": {"primer_nombre": LARGO, "primer_apellido": LARGO, "segundo_apellido": LARGO},
}
ARCHIVO_LARGO = f"{'C' * 116}.pdf"
DE_LA_PERSONA = (
    "/tablero/",
    "/tramites/",
    "/tramites/invalidez/",
    "/tramites/invalidez/requisitos/",
    "/solicitudes/",
    "/solicitudes/?q=nada",
    "/solicitudes/previos/",
    "/notificaciones/",
    "/mis-datos/",
    "/cuenta/clave/",
    "/cuenta/correo/",
)
PASOS = ("datos-generales", "beneficiario", "juramento", "acta", "notificado", "documentos", "validacion")
SIN_CUENTA = (
    "/cuenta/ingresar/",
    "/cuenta/registro/",
    "/cuenta/recuperar/",
    "/cuenta/recuperar/enviado/",
    "/cuenta/confirmar/nada/",
    "/terminos/",
    "/privacidad/",
    "/verificar/",
    "/verificar/ABCDEFGH23456789ABCD/",
    "/tramites/invalidez/requisitos/",
)
# What a person's own style sheet may ask for: WCAG 1.4.12, and all text at twice its size (1.4.4).
HOJAS = {
    "texto espaciado": """
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
        p { margin-bottom: 2em !important; }""",
    "texto al doble": "html { font-size: 200% !important; }",
}


@pytest.fixture(params=PERSONAS.values(), ids=PERSONAS.keys())
def persona(servidor: str, request: pytest.FixtureRequest) -> Usuario:
    return pasos.persona(**request.param)


def dentro(abrir: Abrir, persona: Usuario, **opciones) -> Page:
    return pasos.entrar(abrir(**opciones), persona)


def llena(persona: Usuario) -> Gestion:
    """A draft ready to be sent, under that person's name and with a file of the longest name."""
    gestion, ahora = escenas.hasta_acta(persona), timezone.now()
    nombres = {campo: getattr(persona, campo) for campo in PERSONAS["nombre de 60 letras"]}
    for clave in ("datos-generales", "beneficiario"):
        escenas.guardar(gestion, clave, ahora, **nombres)
    escenas.leer(gestion, ahora)
    confirmar_enterado(numero=gestion.numero, actor=persona, descarga=True, ahora=ahora)
    gestion = Gestion.de(persona, gestion.numero)
    for renglon in [r.numero for r in gestion.obligatorios]:
        escenas.adjuntar(gestion, renglon)
    escenas.adjuntar(gestion, 2, nombre=ARCHIVO_LARGO)
    return Gestion.de(persona, gestion.numero)


def de_la_gestion(gestion: Gestion) -> list[str]:
    """The pages of a draft."""
    archivo = gestion.documentos_vigentes[-1]
    return [
        *(pasos.ruta_paso(gestion, clave) for clave in PASOS),
        pasos.ruta_archivos(gestion, 2),
        pasos.ruta_archivos(gestion, 7),
        f"/gestiones/{gestion.numero}/archivos/{archivo.pk}/eliminar/",
        f"/gestiones/{gestion.numero}/enviar/",
        f"/gestiones/{gestion.numero}/",
        "/tablero/",
        "/solicitudes/",
    ]


def mirar(page: Page) -> None:
    """The page as it stands, on a telephone and on a desk."""
    for ancho in ANCHOS:
        page.set_viewport_size({"width": ancho, "height": 800})
        revisar(page)


def visitar(page: Page, rutas: Iterable[str], revision: Callable[[Page], None] = mirar) -> None:
    for ruta in rutas:
        respuesta = page.goto(ruta)
        assert respuesta
        assert respuesta.ok, ruta
        revision(page)


def test_sin_cuenta(abrir: Abrir):
    """A1, A2, A3: the public pages of the account, empty and with their errors."""
    page = abrir()
    visitar(page, SIN_CUENTA)
    for ruta, boton in (
        ("/cuenta/registro/", "Crear cuenta"),
        ("/cuenta/ingresar/", "Ingresar"),
        ("/cuenta/recuperar/", "Enviar correo"),
        ("/verificar/", "Verificar"),
    ):
        page.goto(ruta)
        pasos.boton(page, boton).click()
        mirar(page)


def test_vacias_y_con_errores(abrir: Abrir, persona: Usuario):
    """A5, A6, A7, B0, B5.2, B6.6, C2: before filling anything in, and after «Continuar» too soon."""
    page = dentro(abrir, persona)
    visitar(page, DE_LA_PERSONA)
    page.goto("/tramites/invalidez/")
    pasos.boton(page, "Aceptar").click()
    mirar(page)
    pasos.boton(page, "+ Nueva Solicitud").click()
    expect(pasos.titulo(page)).to_have_text("FORMULARIO DE SOLICITUD DE PENSIÓN CIVIL POR INVALIDEZ")
    gestion = Gestion.objects.get(solicitante=persona)
    page.get_by_label("Primer nombre").fill("")
    for clave in PASOS[:3]:
        con_error(page, gestion, clave)
        escenas.guardar(gestion, clave)
    page.goto(pasos.ruta_paso(gestion, "acta"))
    mirar(page)
    pasos.continuar(page)
    con_error(page, gestion, "notificado")
    page.get_by_label("CONFIRMO").check()
    pasos.continuar(page)
    con_error(page, gestion, "documentos")
    page.goto(pasos.ruta_archivos(gestion, 1))
    mirar(page)
    pasos.boton(page, "Cargar archivo").click()
    expect(pasos.resumen(page)).to_be_visible()
    mirar(page)


def con_error(page: Page, gestion: Gestion, clave: str) -> None:
    """A step as it comes, and refused."""
    page.goto(pasos.ruta_paso(gestion, clave))
    mirar(page)
    if clave == "datos-generales":
        page.get_by_label("Primer nombre").fill("")
    pasos.continuar(page)
    expect(pasos.resumen(page)).to_be_visible()
    mirar(page)


def test_llenas(abrir: Abrir, persona: Usuario):
    """B6.3, B7.1, C1, C6: everything answered and loaded, names of any length included."""
    page, gestion = dentro(abrir, persona), llena(persona)
    visitar(page, de_la_gestion(gestion))
    page.goto("/tramites/invalidez/")
    pasos.boton(page, "Aceptar").click()
    pasos.boton(page, "+ Nueva Solicitud").click()
    expect(pasos.titulo(page)).to_contain_text("Ya tiene abierta la Gestión")
    mirar(page)


def test_enviadas(abrir: Abrir, persona: Usuario):
    """B7.4, C3, C8, C9: once sent, what another tab tries, the notice and the check of the receipt."""
    page, gestion = dentro(abrir, persona), llena(persona)
    page.goto(pasos.ruta_paso(gestion, "beneficiario"))
    envio = escenas.mandar(gestion)
    pasos.continuar(page)
    expect(pasos.titulo(page)).to_have_text("Esta Gestión cambió")
    mirar(page)
    visitar(
        page,
        (
            f"/gestiones/{gestion.numero}/enviada/",
            f"/gestiones/{gestion.numero}/",
            "/tablero/",
            "/solicitudes/",
            "/notificaciones/",
            f"/verificar/{envio.codigo}/",
        ),
    )
    page.goto("/notificaciones/")
    page.get_by_role("link", name=f"Gestión No. {gestion.numero}: recibida").click()
    mirar(page)


def test_de_noche(abrir: Abrir, servidor: str):
    """B0, B6.1: the dark scheme, with and without errors."""
    persona = pasos.persona()
    page, gestion = dentro(abrir, persona, color_scheme="dark"), llena(persona)
    visitar(page, de_la_gestion(gestion), revisar)
    page.goto(pasos.ruta_paso(gestion, "beneficiario"))
    page.get_by_label("Género").select_option(index=0)
    pasos.continuar(page)
    expect(pasos.resumen(page)).to_be_visible()
    revisar(page)


@pytest.mark.parametrize("hoja", HOJAS.values(), ids=HOJAS.keys())
def test_con_la_letra_de_cada_quien_nada_se_desborda(abrir: Abrir, servidor: str, hoja: str):
    """B0, B6.1: at 320 px; the test's sheet enters as the browser's own would, past the policy."""
    persona = pasos.persona()
    gestion = llena(persona)
    page = dentro(abrir, persona, viewport={"width": 320, "height": 800}, bypass_csp=True)

    def con_hoja(page: Page) -> None:
        page.add_style_tag(content=hoja)
        revisar(page)

    visitar(page, de_la_gestion(gestion), con_hoja)

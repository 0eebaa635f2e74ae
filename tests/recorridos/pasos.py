"""What a citizen does in the portal, one function a gesture, in the words of the screen."""

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Locator, Page, expect

from cuentas.models import Usuario
from notificaciones.correo import buzon
from tests.tramites import escenas
from tramites.models import Gestion

CLAVE = "una frase de prueba"
LISTAS = {
    "Género": "Femenino",
    "Etnia": "Maya",
    "Depto. de nacimiento": "Quetzaltenango",
    "Municipio de nacimiento": "Almolonga",
    "Ubicación geográfica": "Rural",
    "Estado Civil": "Soltera(o)",
}
TEXTOS = {
    "Afiliación al IGSS No.": "268014425",
    "Profesión u oficio": "MAESTRA",
    "Dirección de residencia": "4a. calle 2-18 zona 1, Almolonga",
    "Número telefónico": "5555-1234",
}
ESPERA_CORREO_S = 20


def persona(**datos: str) -> Usuario:
    """A citizen with a confirmed account who can sign in with CLAVE."""
    return escenas.titular(password=make_password(CLAVE), **datos)


def analista(**datos: str) -> Usuario:
    """Someone of ONSEC, who reviews unless `papel` says otherwise, and can sign in with CLAVE."""
    quien = escenas.analista(password=make_password(CLAVE), **datos)
    EmailAddress.objects.create(user=quien, email=quien.email, primary=True, verified=True)
    return quien


def entrar_a_la_mesa(page: Page, quien: Usuario) -> Page:
    """Sign in as staff; ends in the desk."""
    page.goto("/revision/")
    dar_clave(page, quien.email)
    expect(titulo(page)).to_have_text("Bandeja de Gestiones")
    return page


def entrar(page: Page, quien: Usuario) -> Page:
    """Sign in; ends in the Tablero."""
    page.goto("/cuenta/ingresar/")
    dar_clave(page, quien.cui or "")
    expect(titulo(page)).to_have_text("Tablero")
    return page


def dar_clave(page: Page, cui: str) -> None:
    """Fill in and send the sign-in form that is on the screen."""
    page.get_by_label("CUI o correo electrónico").fill(cui)
    page.get_by_label("Contraseña").fill(CLAVE)
    boton(page, "Ingresar").click()


def titulo(page: Page) -> Locator:
    """The page's one main heading."""
    return page.get_by_role("heading", level=1)


def boton(page: Page, nombre: str) -> Locator:
    """The button with exactly that name."""
    return page.get_by_role("button", name=nombre, exact=True)


def continuar(page: Page) -> None:
    boton(page, "Continuar").click()


def resumen(page: Page) -> Locator:
    """«Hay un problema»."""
    return page.locator("[data-resumen]")


def menu(page: Page, nombre: str | re.Pattern[str]) -> Locator:
    """An entry of the sidebar, unfolding it first on a telephone."""
    desplegar, enlace = page.locator(".menu > summary"), page.locator(".nav").get_by_role("link", name=nombre)
    if desplegar.is_visible() and not enlace.is_visible():
        desplegar.click()
    return enlace


def ruta_paso(gestion: Gestion, clave: str) -> str:
    return f"/gestiones/{gestion.numero}/paso/{clave}/"


def ruta_archivos(gestion: Gestion, renglon: int) -> str:
    return f"/gestiones/{gestion.numero}/documentos/{renglon}/"


def llenar_beneficiario(page: Page) -> None:
    """Step 2, all that the account does not know."""
    for rotulo, opcion in LISTAS.items():
        page.get_by_label(rotulo).select_option(label=opcion)
    for rotulo, texto in TEXTOS.items():
        page.get_by_label(rotulo).fill(texto)


def pregunta(page: Page, numero: int) -> Locator:
    """The group of a sworn question."""
    return page.get_by_role("group", name=re.compile(rf"^{numero}\."))


def jurar(page: Page) -> None:
    """Step 3: still working for the State, everything else no."""
    for numero in range(1, 7):
        respuesta = "SI" if numero == 3 else "NO"
        pregunta(page, numero).get_by_label(respuesta, exact=True).check()
    pregunta(page, 3).get_by_label("Dependencia o Entidad").fill("MINISTERIO DE EDUCACIÓN")


def elegir(page: Page, archivo: Path) -> None:
    """Choose a file in the files window and press «Cargar archivo»."""
    page.get_by_label("Archivo PDF").set_input_files(archivo)
    boton(page, "Cargar archivo").click()


def cargar(page: Page, archivo: Path) -> None:
    """Load a good file in the files window that is on the screen."""
    elegir(page, archivo)
    expect(page.get_by_text(f"Se cargó {archivo.name}.")).to_be_visible()
    expect(page.get_by_role("link", name=archivo.name, exact=True)).to_be_visible()


def correo(page: Page, asunto: str) -> EmailMessage:
    """The first mail with exactly that subject, as soon as the portal's worker sends it."""
    limite = time.monotonic() + ESPERA_CORREO_S
    while time.monotonic() < limite:
        for nombre in buzon.nombres():
            mensaje = buzon.leer(nombre)
            if mensaje["Subject"] == asunto:
                return mensaje
        page.wait_for_timeout(100)
    raise AssertionError(f"No llegó «{asunto}»: {[buzon.leer(n)['Subject'] for n in buzon.nombres()]}")


def enlace_de(mensaje: EmailMessage) -> str:
    """The one link of a mail."""
    (enlace,) = re.findall(r"https?://\S+", buzon.cuerpo(mensaje, "plain"))
    return enlace


def guardar_descarga(page: Page, accion: Callable[[], None], destino: Path) -> Path:
    """Do what downloads a PDF and keep it in that folder under the name the portal gave it."""
    with page.expect_download() as descarga:
        accion()
    ruta = destino / descarga.value.suggested_filename
    descarga.value.save_as(ruta)
    return ruta

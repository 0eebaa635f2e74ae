"""What was typed and could not be saved comes back: after the session ended, or a step was re-opened."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ceo_portal.interfaz.errores import RECUPERABLE
from cuentas.apartado import APARTADO, TOPE
from tests.prevision.datos import BENEFICIARIO, JURAMENTO, NOMBRE
from tests.tramites import escenas
from tramites.ciudadano.vistas.pasos import RECUPERADO
from tramites.models import Gestion, RespuestaPaso

from .lectura import arbol, avisos, enlace, palabras, texto

ESCRITO = BENEFICIARIO | {"direccion": "4a calle 1-23", "correo": "a medio escr"}
GUARDADO = "Ingrese otra vez; lo que escribió está guardado."
PERDIDO = "Ingrese otra vez. No se guardó lo último que hizo."
DE_NUEVO = "Deberá elegir el archivo de nuevo."


def con_dos_pasos(titular) -> Gestion:
    """A draft with steps 1 and 2 answered."""
    gestion = escenas.nueva(titular)
    escenas.guardar(gestion, "datos-generales")
    escenas.guardar(gestion, "beneficiario")
    return gestion


@pytest.fixture
def caducada(client):
    """A browser whose session ended: it remembers only that there was one."""
    client.cookies["dentro"] = "1"
    return client


def campo(respuesta, nombre) -> str:
    """What a text control of the step holds."""
    control = arbol(respuesta).find(f".//*[@id='id_{nombre}']")
    return control.get("value") or texto(control)


def test_lo_enviado_con_la_sesion_vencida_vuelve_al_ingresar(caducada, titular, paso):
    """S36, mensajes.md §5: «lo que escribió está guardado» is true, without JavaScript, valid or not."""
    gestion = con_dos_pasos(titular)
    antes = RespuestaPaso.objects.get(gestion=gestion, paso="beneficiario").valores
    respuesta = caducada.post(paso(gestion, "beneficiario"), ESCRITO | {"accion": "continuar"}, follow=True)
    assert GUARDADO in palabras(respuesta)
    caducada.force_login(titular)
    pagina = caducada.get(paso(gestion, "beneficiario"))
    assert RECUPERADO in avisos(pagina)
    assert campo(pagina, "direccion") == "4a calle 1-23"
    assert campo(pagina, "correo") == "a medio escr"
    assert RespuestaPaso.objects.get(gestion=gestion, paso="beneficiario").valores == antes


def test_vuelve_hasta_que_se_guarda_y_despues_no(caducada, titular, paso):
    """mensajes.md §5: reading the page does not lose it; saving the step ends it."""
    gestion = escenas.nueva(titular)
    url, escrito = paso(gestion, "datos-generales"), NOMBRE | {"segundo_nombre": "VALENTINA"}
    caducada.post(url, escrito)
    caducada.force_login(titular)
    for _ in range(2):
        assert campo(caducada.get(url), "segundo_nombre") == "VALENTINA"
    caducada.post(url, NOMBRE | {"segundo_nombre": "JULIA", "accion": "continuar"})
    pagina = caducada.get(url)
    assert campo(pagina, "segundo_nombre") == "JULIA"
    assert RECUPERADO not in avisos(pagina)


def test_lo_enviado_con_la_ficha_de_otra_sesion_vuelve_a_su_pagina(titular, paso):
    """S19, mensajes.md §6: signed in again from another tab; the token is refused, the text is kept."""
    gestion = con_dos_pasos(titular)
    url, navegador = paso(gestion, "beneficiario"), Client(enforce_csrf_checks=True)
    navegador.force_login(titular)
    navegador.get(url)
    respuesta = navegador.post(url, ESCRITO | {"accion": "continuar", "csrfmiddlewaretoken": "a" * 64})
    assert respuesta.status_code == 403
    assert RECUPERABLE in palabras(respuesta)
    assert enlace(respuesta, "Volver a la página") == url
    pagina = navegador.get(url)
    assert RECUPERADO in avisos(pagina)
    assert campo(pagina, "direccion") == "4a calle 1-23"


def test_lo_que_envia_otro_sitio_no_se_aparta(titular, paso):
    """S19: with another origin nothing of what came is shown as one's own."""
    url = paso(con_dos_pasos(titular), "beneficiario")
    navegador = Client(enforce_csrf_checks=True, headers={"origin": "https://otro.example"})
    navegador.force_login(titular)
    respuesta = navegador.post(url, ESCRITO | {"accion": "continuar"})
    assert respuesta.status_code == 403
    assert RECUPERABLE not in palabras(respuesta)
    assert APARTADO not in navegador.session


def test_a_otra_cuenta_no_se_le_muestra(caducada, titular, paso):
    """S14, S43: on a shared computer the next person to sign in sees nothing of it."""
    ajena, otra = escenas.nueva(titular), escenas.titular()
    propia = escenas.nueva(otra)
    caducada.post(paso(ajena, "datos-generales"), NOMBRE | {"segundo_nombre": "VALENTINA"})
    caducada.force_login(otra)
    assert caducada.get(paso(ajena, "datos-generales")).status_code == 404
    pagina = caducada.get(paso(propia, "datos-generales"))
    assert "VALENTINA" not in pagina.content.decode()
    caducada.post("/cuenta/salir/")
    caducada.force_login(titular)
    assert "VALENTINA" not in caducada.get(paso(ajena, "datos-generales")).content.decode()


def test_lo_apartado_esta_solo_en_el_servidor_y_dura_poco(caducada, titular, paso):
    """S43: no cookie carries it, and what grew old does not come back."""
    gestion = escenas.nueva(titular)
    url = paso(gestion, "datos-generales")
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        respuesta = caducada.post(url, NOMBRE | {"segundo_nombre": "VALENTINA"})
        assert "VALENTINA" not in respuesta.cookies.output() + respuesta["Location"]
        caducada.force_login(titular)
        assert caducada.session[APARTADO]["campos"]["segundo_nombre"] == "VALENTINA"
        for _ in range(2):
            reloj.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE * 0.6))
            pagina = caducada.get(url)
    assert RECUPERADO not in avisos(pagina)


def test_lo_que_no_cabe_no_se_aparta_y_se_dice(caducada, titular, paso):
    """S10, S47: bounded, and the sign-in page does not promise what was not kept."""
    gestion = escenas.nueva(titular)
    url = paso(gestion, "datos-generales")
    respuesta = caducada.post(url, NOMBRE | {"segundo_nombre": "A" * TOPE}, follow=True)
    assert PERDIDO in palabras(respuesta)
    assert GUARDADO not in palabras(respuesta)
    assert all(len(s.session_data) < TOPE for s in Session.objects.all())


def test_lo_que_se_pierde_no_se_da_por_guardado(caducada, titular):
    """mensajes.md §5: a file must be chosen again, and an act that is not a step's was not done."""
    gestion = escenas.hasta_documentos(titular)
    archivo = SimpleUploadedFile("dpi.pdf", escenas.pdf())
    respuesta = caducada.post(f"/gestiones/{gestion.numero}/documentos/2/", {"archivo": archivo}, follow=True)
    assert f"{PERDIDO} {DE_NUEVO}" in palabras(respuesta)
    caducada.cookies["dentro"] = "1"
    respuesta = caducada.post("/revision/tomar-siguiente/", follow=True)
    assert PERDIDO in palabras(respuesta)


def test_lo_del_paso_3_espera_si_otra_pestana_reabrio_el_2(cliente, titular, paso):
    """S20, mensajes.md §5: nothing is saved ahead, and nothing typed is lost."""
    gestion = con_dos_pasos(titular)
    cliente.post(paso(gestion, "beneficiario"), {"accion": "salir"})
    escrito = JURAMENTO | {"pregunta_4": "SI", "detalle_4": "Jubilación, en 2019"}
    respuesta = cliente.post(paso(gestion, "juramento"), escrito | {"accion": "continuar"}, follow=True)
    assert respuesta.redirect_chain == [(paso(gestion, "beneficiario"), 302)]
    assert "Lo que escribió en el paso 3 no se perdió: lo verá cuando llegue a ese paso." in avisos(respuesta)
    assert not RespuestaPaso.objects.filter(gestion=gestion, paso="juramento").exists()
    escenas.guardar(gestion, "beneficiario")
    pagina = cliente.get(paso(gestion, "juramento"))
    assert RECUPERADO in avisos(pagina)
    assert campo(pagina, "detalle_4") == "Jubilación, en 2019"


def test_el_autoguardado_de_un_paso_cerrado_dice_que_algo_cambio(cliente, titular, paso):
    """S20, S24: not «Su sesión se cerró»: the page says that the Gestión changed in another tab."""
    gestion = con_dos_pasos(titular)
    cliente.post(paso(gestion, "beneficiario"), {"accion": "salir"})
    respuesta = cliente.post(paso(gestion, "juramento"), JURAMENTO | {"accion": "autoguardar"})
    assert respuesta.status_code == 409

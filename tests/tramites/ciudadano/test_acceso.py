"""Who may open what, walked from the URLconf: a new address of a Gestión is tested on the day it is added."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cuentas.models import Usuario
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.tramites import escenas
from tramites.ciudadano.urls import urlpatterns
from tramites.models import Gestion

RUTAS = [str(ruta.name) for ruta in urlpatterns if "numero" in ruta.pattern.converters]
ARGUMENTOS = dict(DIRECCIONES)
METODOS = ("get", "head", "post")
# Larger than any column, and longer than Python turns into a number.
ENORMES = ["0", str(2**31), str(2**63 - 1), str(2**63), "9" * 30, "9" * 5000]


def direccion(nombre, gestion, **otros) -> str:
    """The route for that Gestión, with a step, a renglón and a file that it does have."""
    documento = next(iter(gestion.documentos_vigentes), None)
    propios = {
        "numero": gestion.numero,
        "clave": "datos-generales",
        "renglon": 1,
        "ronda": 1,
        "pk": documento.pk if documento else uuid.UUID(int=1),
    }
    return reverse(nombre, kwargs={n: (propios | otros)[n] for n in ARGUMENTOS[nombre]})


def sin_lo_cambiante(respuesta) -> str:
    """The page without what differs each time: the CSRF token, the reference and its own address."""
    html = respuesta.content.decode().replace(respuesta.wsgi_request.path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|Referencia \w+', "", html)


def pedir(cliente, metodo, url):
    """The answer, or None where nobody is served by that method."""
    respuesta = getattr(cliente, metodo)(url)
    return None if respuesta.status_code == 405 else respuesta


def test_hay_rutas_de_gestion_que_recorrer():
    """S14: the list comes from the URLconf and is not empty."""
    assert {"gestion", "paso", "documento", "eliminar", "enviar", "constancia", "formulario_pdf"} <= set(
        RUTAS
    )


@pytest.mark.parametrize("metodo", METODOS)
def test_sin_sesion_se_va_a_ingresar(client, titular, metodo):
    """S17: also with the number of a Gestión that exists."""
    gestion = escenas.con_archivos(titular)
    for nombre in RUTAS:
        if respuesta := pedir(client, metodo, direccion(nombre, gestion)):
            assert (respuesta.status_code, nombre) == (302, nombre)
            assert respuesta["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("metodo", METODOS)
def test_lo_ajeno_es_igual_que_lo_que_no_existe(cliente, metodo):
    """C9, S14, S15, S16: 404, the same page as for a number nobody has."""
    ajena = escenas.enviada_sin_papeles(escenas.titular())
    for nombre in RUTAS:
        nadie = direccion(nombre, ajena, numero=999_999, pk=uuid.UUID(int=1))
        if suya := pedir(cliente, metodo, direccion(nombre, ajena)):
            assert (suya.status_code, nombre) == (404, nombre)
            assert sin_lo_cambiante(suya) == sin_lo_cambiante(pedir(cliente, metodo, nadie))


@pytest.mark.parametrize("ruta", ["documento", "eliminar"])
def test_un_archivo_ajeno_no_se_alcanza_desde_una_gestion_propia(cliente, titular, ruta):
    """S15: by its key inside one's own Gestión, nor one's own from another of one's Gestiones."""
    propia, otra = escenas.con_archivos(titular), escenas.con_archivos(titular)
    for ajeno in (escenas.con_archivos(escenas.titular()), otra):
        pk = ajeno.documentos_vigentes[0].pk
        assert cliente.get(direccion(ruta, propia, pk=pk)).status_code == 404
        assert cliente.post(direccion(ruta, propia, pk=pk)).status_code in {404, 405}


@pytest.mark.parametrize("papel", Usuario.Papel.values)
def test_el_personal_no_entra_por_la_puerta_del_ciudadano(client, titular, papel):
    """S17, matriz.md §3: 403 for each role, in every method."""
    gestion = escenas.con_archivos(titular)
    client.force_login(
        Usuario.objects.crear_personal(
            email=f"{papel}@demo.gt", papel=papel, password=None, primer_nombre="EVA"
        )
    )
    for nombre in RUTAS:
        for metodo in METODOS:
            if respuesta := pedir(client, metodo, direccion(nombre, gestion)):
                assert (respuesta.status_code, nombre, metodo) == (403, nombre, metodo)


def test_cada_ruta_funciona_para_su_titular(cliente, titular, clave_reciente):
    """C9, matriz.md §3: each one answers with its page in some state; HEAD says the same as GET."""
    corregida = escenas.observada(titular)
    escenas.subir(corregida, 1, escenas.pdf(ancho=701))
    gestiones = [
        escenas.con_archivos(titular),
        escenas.enviada_sin_papeles(titular),
        Gestion.de(titular, corregida.numero),
        escenas.admitida(titular),
    ]
    for nombre in RUTAS:
        if pedir(cliente, "get", direccion(nombre, gestiones[0])) is None:
            continue
        codigos = set()
        for gestion in gestiones:
            url = direccion(nombre, gestion)
            obtenida, cabeza = cliente.get(url), cliente.head(url)
            assert obtenida.status_code == cabeza.status_code
            assert getattr(cabeza, "content", b"") == b""
            codigos.add(obtenida.status_code)
        assert 200 in codigos, nombre
        assert codigos <= {200, 302, 409}, nombre


@pytest.mark.parametrize("numero", ENORMES, ids=len)
def test_un_numero_enorme_no_existe_y_nada_se_rompe(cliente, titular, numero):
    """S14: 404 and never a 500, in the number and in the renglón."""
    gestion = escenas.con_archivos(titular)
    for nombre in RUTAS:
        url = direccion(nombre, gestion).replace(f"/{gestion.numero}/", f"/{numero}/", 1)
        for metodo in METODOS:
            assert getattr(cliente, metodo)(url).status_code in {404, 405}, (nombre, metodo)
    for metodo in METODOS:
        url = f"/gestiones/{gestion.numero}/documentos/{numero}/"
        assert getattr(cliente, metodo)(url).status_code == 404


@pytest.mark.parametrize("clave", ["no-existe", "x" * 300, "-"])
def test_un_paso_o_un_tramite_que_no_hay_no_existen(cliente, titular, clave):
    """S14: 404 also for what is not a number."""
    gestion = escenas.nueva(titular)
    for metodo in METODOS:
        for url in (
            reverse("paso", args=[gestion.numero, clave]),
            reverse("derecho", args=[clave]),
            reverse("inicio_tramite", args=[clave]),
        ):
            assert getattr(cliente, metodo)(url).status_code == 404
    assert cliente.get(reverse("requisitos", args=[clave])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("nombre", "argumentos"), DIRECCIONES, ids=lambda v: v if isinstance(v, str) else "")
def test_sin_la_ficha_del_formulario_ningun_post_entra(nombre, argumentos):
    """S19: 403 everywhere, signing out too, with the page that says what to do.

    But in the orientation, which is of nobody, keeps nothing and leaves no cookie (JU7).
    """
    if nombre in ("admin:None", "orientacion"):
        return
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(escenas.titular())
    respuesta = cliente.post(reverse(nombre, kwargs=argumentos), {"accion": "continuar"})
    assert respuesta.status_code == 403
    assert "Envíe el formulario otra vez" in respuesta.content.decode()

"""Step 7, the two windows, and what a page answers when the Gestión is no longer what it showed."""

import re
import uuid

import pytest
from django.urls import reverse

from notificaciones.models import Correo
from tests.prevision.datos import BENEFICIARIO, NOMBRE
from tests.tramites import escenas
from tramites.models import Documento, Envio, Estado, Gestion, RespuestaPaso
from tramites.reglas.rechazos import CAMBIO

from .lectura import arbol, avisos, botones, campos, enlace, leer_acta, palabras, texto, titulos, visible

YA_ENVIADA = "Su Gestión ya fue enviada. No tiene que hacer nada más."


@pytest.fixture
def gestion(titular) -> Gestion:
    return escenas.con_archivos(titular)


def ruta(nombre, gestion) -> str:
    return reverse(nombre, args=[gestion.numero])


def si(cliente, gestion, **cambios):
    """Press «Sí» on window 1 as it is served now."""
    ventana = campos(cliente.get(ruta("enviar", gestion)))
    datos = {campo: ventana[campo] for campo in ("ficha", "version")}
    return cliente.post(ruta("enviar", gestion), datos | cambios)


def test_el_resumen_muestra_todo_con_cambiar_por_seccion(cliente, gestion, paso):
    """B7.1: what was answered and loaded, and the way to each section and back."""
    pagina = cliente.get(paso(gestion, "validacion"))
    leido = palabras(pagina)
    assert "Revise sus datos y pulse “Enviar solicitud”. Después verá dos avisos." in leido
    for frase in ("TZOC", "Femenino", "Almolonga", "5555-1234", "28-02-2026", "documento 6.pdf"):
        assert frase in leido
    cambiar = [a.get("href") for a in arbol(pagina).findall(".//main//a") if visible(a) == "Cambiar"]
    assert cambiar == [
        *(paso(gestion, c) + "?volver=1" for c in escenas.RESPUESTAS),
        paso(gestion, "documentos"),
    ]
    assert "Enviar solicitud" in botones(pagina)


def test_quien_vuelve_del_resumen_sin_cambios_regresa_a_el(cliente, gestion, paso):
    """B7.1: with a change, to the first step that it re-opened."""
    origen = paso(gestion, "beneficiario")
    assert campos(cliente.get(origen + "?volver=1"))["volver"] == "1"
    igual = RespuestaPaso.objects.get(gestion=gestion, paso="beneficiario").valores
    assert cliente.post(origen, igual | {"volver": "1"})["Location"] == paso(gestion, "validacion")
    otro = igual | {"direccion": "Otra", "volver": "1"}
    assert cliente.post(origen, otro)["Location"] == paso(gestion, "acta")


@pytest.mark.parametrize(
    ("vacios", "dice"),
    [
        (("telefono",), "Número telefónico"),
        (("direccion", "afiliacion_igss"), "Dirección de residencia, Afiliación al IGSS No."),
        (
            ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss"),
            "Fecha de nacimiento, Dirección de residencia, Número telefónico, Afiliación al IGSS No.",
        ),
    ],
)
def test_lo_que_quedo_en_blanco_se_avisa_antes_de_firmar(cliente, titular, paso, vacios, dice):
    """B2.7: on leaving the step and at step 5, with links and without stopping; never once it would cost.

    With all four filled it says nothing.
    """
    titular.fecha_nacimiento = escenas.datetime(1968, 3, 14).date()
    titular.save()
    gestion = escenas.hasta_acta(titular)
    lleno = escenas.RESPUESTAS["beneficiario"] | {"fecha_nacimiento": "14/03/1968"}
    aviso = f"Dejó en blanco: {dice}. ONSEC puede devolverla por esto."
    for respuesta, avisa in ((lleno, False), (lleno | dict.fromkeys(vacios, ""), True)):
        siguiente = cliente.post(paso(gestion, "beneficiario"), respuesta, follow=True)
        assert siguiente.redirect_chain == [(paso(gestion, "juramento"), 302)]
        leer_acta(cliente, paso(gestion, "acta"))
        for pagina in (siguiente, cliente.get(paso(gestion, "notificado"))):
            assert (aviso in re.sub(r" (?=[.,])", "", palabras(pagina))) is avisa
            destinos = [a.get("href") for a in arbol(pagina).findall(".//main//a")]
            campos_vacios = {f"{paso(gestion, 'beneficiario')}#id_{campo}" for campo in vacios}
            assert (campos_vacios <= set(destinos)) is avisa
        cliente.post(paso(gestion, "notificado"), {"confirmo": "on"})
        for renglon in range(1, 7):
            escenas.adjuntar(Gestion.de(titular, gestion.numero), renglon)
        for firmado in ("notificado", "validacion"):
            assert "Dejó en blanco" not in palabras(cliente.get(paso(gestion, firmado)))
    assert cliente.get(ruta("enviar", gestion)).status_code == 200


def test_la_ventana_1_recuerda_la_solvencia_y_con_no_no_se_envia(cliente, gestion):
    """B7.2, B7.3: «No» closes and sends nothing; the solvency stops nobody."""
    ventana = cliente.get(ruta("enviar", gestion))
    assert titulos(ventana) == ["¿Desea enviar la solicitud ahora?"]
    assert botones(ventana) == ["Sí", "No"]
    assert "CERTIFICACIÓN DE SOLVENCIA" in palabras(ventana)
    assert f'method="get" action="{ruta("gestion", gestion)}"' in ventana.content.decode()
    assert Gestion.objects.get().estado == Estado.CREACION


def test_al_pulsar_si_queda_enviada_y_sale_la_ventana_2(cliente, gestion):
    """B7.4, B7.6: sent before «Aceptar»; the window has this very number and may be opened again."""
    respuesta = si(cliente, gestion)
    assert respuesta["Location"] == ruta("enviada", gestion)
    assert Gestion.objects.get().estado == Estado.RECIBIDA
    for _otra_vez in range(2):
        ventana = cliente.get(ruta("enviada", gestion))
        assert titulos(ventana) == ["¡INFORMACIÓN IMPORTANTE!"]
        assert (
            f"1. Su número de Gestión No. {gestion.numero}, ha sido ingresada para su revisión."
            in palabras(ventana)
        )
        assert enlace(ventana, "Constancia de recepción") == ruta("constancia", gestion)
    assert cliente.get(ruta("enviar", gestion))["Location"] == ruta("enviada", gestion)


def test_el_mismo_si_dos_veces_es_un_envio(cliente, gestion):
    """B7.5, S23: a double click and a reload end in the same window; one notice."""
    ventana = campos(cliente.get(ruta("enviar", gestion)))
    datos = {campo: ventana[campo] for campo in ("ficha", "version")}
    destinos = {cliente.post(ruta("enviar", gestion), datos)["Location"] for _ in range(3)}
    assert destinos == {ruta("enviada", gestion)}
    assert Envio.objects.count() == 1
    assert Correo.objects.filter(plantilla="enviada").count() == 1


def test_desde_otra_pestana_el_segundo_si_es_un_conflicto(cliente, gestion):
    """B7.5, S23, S24, mensajes.md §4: another ficha finds it sent."""
    viejo = campos(cliente.get(ruta("enviar", gestion)))
    si(cliente, gestion)
    respuesta = cliente.post(ruta("enviar", gestion), {c: viejo[c] for c in ("ficha", "version")})
    assert respuesta.status_code == 409
    assert YA_ENVIADA in palabras(respuesta)
    assert Envio.objects.count() == 1


def test_lo_que_cambio_tras_ver_la_ventana_no_se_envia(cliente, gestion):
    """S24: the version seen is no longer that; the sentence comes once."""
    respuesta = si(cliente, gestion, version="1")
    assert respuesta.status_code == 409
    assert palabras(respuesta).count(CAMBIO) == 1
    assert not Envio.objects.exists()


@pytest.mark.parametrize(
    "datos", [{}, {"ficha": "x", "version": "1"}, {"ficha": str(uuid.uuid4()), "version": "9" * 400}]
)
def test_un_si_hecho_a_mano_no_envia_ni_rompe(cliente, gestion, datos):
    """B7.5: 409, nothing sent."""
    assert cliente.post(ruta("enviar", gestion), datos).status_code == 409
    assert not Envio.objects.exists()


def test_todo_se_revalida_al_enviar(cliente, gestion, paso):
    """B7.1: a file that went, or a step that does not hold, leads to its step."""
    ventana = campos(cliente.get(ruta("enviar", gestion)))
    Documento.objects.filter(renglon=4).delete()
    respuesta = cliente.post(
        ruta("enviar", gestion), {c: ventana[c] for c in ("ficha", "version")}, follow=True
    )
    assert respuesta.redirect_chain == [(paso(gestion, "documentos"), 302)]
    assert avisos(respuesta) == ["Primero complete el paso 6, Documentos de Respaldo."]
    assert cliente.get(ruta("enviar", gestion))["Location"] == paso(gestion, "documentos")


def test_la_ventana_2_no_existe_antes_de_enviar(cliente, gestion):
    """B7.6."""
    assert cliente.get(ruta("enviada", gestion))["Location"] == ruta("gestion", gestion)


def test_sin_correo_verificado_se_dice_y_no_se_envia(cliente, gestion, titular):
    """Matriz T1, mensajes.md §3."""
    titular.emailaddress_set.update(verified=False)
    respuesta = cliente.get(si(cliente, gestion)["Location"])
    assert avisos(respuesta) == ["Primero confirme su correo. Podemos enviarle otro mensaje."]
    assert not Envio.objects.exists()


@pytest.mark.parametrize(
    ("clave", "datos", "rotulo"),
    [
        ("datos-generales", NOMBRE | {"segundo_nombre": "MARÍA <b>"}, "Segundo nombre"),
        ("beneficiario", BENEFICIARIO | {"direccion": "Otra casa"}, "Dirección de residencia"),
        ("juramento", {"detalle_1": "Una entidad"}, "En caso afirmativo indicar Dependencia o Entidad"),
    ],
)
def test_lo_escrito_en_una_pestana_vieja_no_se_pierde(cliente, titular, paso, clave, datos, rotulo):
    """S22, S26, mensajes.md §4: 409 that shows what was typed under the name of its field."""
    gestion = escenas.enviada_sin_papeles(titular)
    antes = list(RespuestaPaso.objects.values())
    respuesta = cliente.post(paso(gestion, clave), datos | {"accion": "continuar"})
    assert respuesta.status_code == 409
    leido = palabras(respuesta)
    assert titulos(respuesta) == ["Esta Gestión cambió"]
    for frase in (
        YA_ENVIADA,
        CAMBIO,
        "No se guardó lo último que hizo. Abajo está lo que escribió.",
        next(v for v in reversed(datos.values()) if v),
        rotulo,
    ):
        assert frase in leido
    assert enlace(respuesta, "Ver la Gestión actualizada") == ruta("gestion", gestion)
    assert not set(datos) & {texto(dt) for dt in arbol(respuesta).findall(".//dt")}
    assert list(RespuestaPaso.objects.values()) == antes


@pytest.mark.parametrize("clave", ["acta", "notificado", "documentos", "validacion"])
def test_un_paso_de_una_enviada_no_se_toca(cliente, titular, paso, clave):
    """S22: by POST 409; by GET it leads to the Gestión."""
    gestion = escenas.enviada_sin_papeles(titular)
    assert cliente.post(paso(gestion, clave), {"confirmo": "on"}).status_code == 409
    assert cliente.get(paso(gestion, clave))["Location"] == ruta("gestion", gestion)

"""A step open in two places: neither empties what the other wrote, and both texts are kept."""

import json

import pytest

from cuentas.apartado import AUTOGUARDAR
from tests.prevision.datos import NOMBRE
from tests.tramites import escenas
from tests.tramites.carreras import HILOS, correr
from tramites.ciudadano.guardado import Hoja, guardar_escrito
from tramites.models import Gestion, RespuestaPaso
from tramites.reglas.rechazos import CAMBIO

from .lectura import arbol, avisos, campos, palabras
from .test_lo_escrito import campo

PASOS = {
    "datos-generales": ("segundo_nombre", "tercer_nombre"),
    "beneficiario": ("direccion", "profesion"),
    "juramento": ("detalle_1", "detalle_2"),
}
EN_DOS_PASOS = pytest.mark.parametrize(("clave", "uno", "otro"), [(c, *dos) for c, dos in PASOS.items()])


def guardado(gestion, clave) -> dict:
    return RespuestaPaso.objects.get(gestion=gestion, paso=clave).valores


def formulario(respuesta) -> dict[str, str]:
    """What a browser without script would send from the page's form, touching nothing."""
    main = arbol(respuesta).find(".//main")
    enviado = {
        e.get("name"): e.get("value") or ""
        for e in main.iter("input")
        if e.get("type") not in {"radio", "checkbox"} or e.get("checked") is not None
    }
    for lista in main.iter("select"):
        elegida = next((o for o in lista.iter("option") if o.get("selected") is not None), None)
        enviado[lista.get("name")] = "" if elegida is None else elegida.get("value")
    return enviado


@pytest.fixture(params=["borrador", "devuelta"])
def gestion(request, titular) -> Gestion:
    """A draft with its three steps, or one whose steps a previo re-opened."""
    if request.param == "borrador":
        return escenas.hasta_acta(titular)
    return escenas.observada(titular, pasos=dict.fromkeys(PASOS, "REVISE EL DATO."))


@pytest.fixture
def gestion_y_rutas(gestion, paso):
    return gestion, lambda clave: paso(gestion, clave)


@pytest.mark.parametrize("accion", ["continuar", "salir", "autoguardar"])
@EN_DOS_PASOS
def test_la_pestana_vieja_no_borra_lo_de_la_otra(cliente, gestion_y_rutas, clave, uno, otro, accion):
    """B0, S24: two pages opened together, without script, each with its own field; both stay."""
    gestion, ruta = gestion_y_rutas
    if gestion.en_correccion:
        for anterior in PASOS:
            if anterior == clave:
                break
            escenas.guardar(gestion, anterior)
    primera, segunda = (formulario(cliente.get(ruta(clave))) for _ in range(2))
    cliente.post(ruta(clave), primera | {uno: "DE LA PRIMERA", "accion": "autoguardar"})
    respuesta = cliente.post(ruta(clave), segunda | {otro: "DE LA SEGUNDA", "accion": accion})
    assert respuesta.status_code == (200 if accion == "autoguardar" else 302)
    valores = guardado(gestion, clave)
    assert (valores[uno], valores[otro]) == ("DE LA PRIMERA", "DE LA SEGUNDA")


@EN_DOS_PASOS
def test_lo_escrito_en_las_dos_se_elige_y_no_se_pierde(cliente, titular, paso, clave, uno, otro):
    """mensajes.md §4: 409, both texts, nothing saved; then what was chosen, with the rest of the page."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, clave)
    primera, segunda = (formulario(cliente.get(ruta)) for _ in range(2))
    cliente.post(ruta, primera | {uno: "DE LA PRIMERA", "accion": "salir"})
    antes = guardado(gestion, clave)
    respuesta = cliente.post(ruta, segunda | {uno: "DE LA SEGUNDA", otro: "TAMBIÉN", "accion": "continuar"})
    assert respuesta.status_code == 409
    dicho = palabras(respuesta)
    assert CAMBIO in dicho
    assert "Lo que está guardado: DE LA PRIMERA" in dicho
    assert "Lo que escribió: DE LA SEGUNDA" in dicho
    assert guardado(gestion, clave) == antes
    opciones = [e for e in arbol(respuesta).iter("input") if e.get("name") == uno]
    assert [o.get("value") for o in opciones] == ["DE LA PRIMERA", "DE LA SEGUNDA"]
    elegido = formulario(respuesta) | {uno: "DE LA SEGUNDA", "accion": "continuar"}
    assert cliente.post(ruta, elegido).status_code == 302
    valores = guardado(gestion, clave)
    assert (valores[uno], valores[otro]) == ("DE LA SEGUNDA", "TAMBIÉN")


def test_mientras_no_elige_lo_que_escribio_sigue_en_su_pagina(cliente, titular, paso):
    """Whoever leaves the choice finds it again, and it is asked again."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, "beneficiario")
    primera, segunda = (formulario(cliente.get(ruta)) for _ in range(2))
    cliente.post(ruta, primera | {"direccion": "UNA", "accion": "salir"})
    cliente.post(ruta, segunda | {"direccion": "OTRA", "accion": "continuar"})
    pagina = cliente.get(ruta)
    assert campo(pagina, "direccion") == "OTRA"
    assert cliente.post(ruta, formulario(pagina) | {"accion": "continuar"}).status_code == 409
    assert guardado(gestion, "beneficiario")["direccion"] == "UNA"


def test_las_opciones_se_leen_por_su_nombre(cliente, titular, paso):
    """A code means nothing to a person; what was left blank says so."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, "beneficiario")
    primera, segunda = (formulario(cliente.get(ruta)) for _ in range(2))
    cliente.post(ruta, primera | {"municipio_nacimiento": "", "accion": "salir"})
    dicho = palabras(cliente.post(ruta, segunda | {"municipio_nacimiento": "0914", "accion": "continuar"}))
    assert "Lo que está guardado: En blanco" in dicho
    assert "0914" not in dicho


def test_el_autoguardado_dice_que_cambio_y_guarda_lo_demas(cliente, titular, paso):
    """Only what was touched travels; the conflict is told by its field and the rest is kept."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, "beneficiario")
    visto = formulario(cliente.get(ruta))["visto"]
    escenas.guardar(gestion, "beneficiario", direccion="LA OTRA", profesion="ENFERMERA")
    enviado = {"visto": visto, "direccion": "LA MÍA", "telefono": "2222-3333", "accion": "autoguardar"}
    respuesta = cliente.post(ruta, enviado)
    assert respuesta.status_code == 409
    dicho = respuesta.json()
    assert dicho["conflictos"] == {"direccion": "LA OTRA"}
    assert dicho["ajenos"] == {"profesion": "ENFERMERA"}
    assert dicho["rotulos"] == ["Profesión u oficio"]
    valores = guardado(gestion, "beneficiario")
    assert (valores["direccion"], valores["profesion"]) == ("LA OTRA", "ENFERMERA")
    assert valores["telefono"] == "+50222223333"
    # What it may take as seen: all but the conflict, which stands to be chosen.
    assert dicho["visto"]["telefono"] == "2222-3333"
    assert dicho["visto"]["direccion"] == json.loads(visto)["direccion"]
    assert (
        cliente.post(ruta, enviado | {"visto": json.dumps(dicho["visto"]), "accion": "continuar"}).status_code
        == 409
    )


def test_lo_apartado_tampoco_pisa_lo_que_se_guardo_mientras(cliente, titular, paso):
    """mensajes.md §5 with S24: what was typed comes back alone, over what stands by then."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, "beneficiario")
    viejo = formulario(cliente.get(ruta))
    cliente.logout()
    cliente.post(ruta, viejo | {"profesion": "PARTERA", "accion": "continuar"})
    escenas.guardar(gestion, "beneficiario", direccion="LA OTRA")
    cliente.force_login(titular)
    pagina = cliente.get(ruta)
    assert (campo(pagina, "profesion"), campo(pagina, "direccion")) == ("PARTERA", "LA OTRA")
    cliente.post(ruta, formulario(pagina) | {"accion": "continuar"})
    valores = guardado(gestion, "beneficiario")
    assert (valores["profesion"], valores["direccion"]) == ("PARTERA", "LA OTRA")


@pytest.mark.parametrize(
    "visto", ["", "no", "[]", "3", "[" * 90_000, '{"direccion": 3}', '{"otra": "x"}', "\0"]
)
def test_un_visto_que_no_se_entiende_no_rompe_nada(cliente, titular, paso, visto):
    """S9: neither a 500 nor a step lost."""
    ruta = paso(escenas.hasta_acta(titular), "datos-generales")
    for accion in ("autoguardar", "continuar"):
        assert cliente.post(ruta, NOMBRE | {"visto": visto, "accion": accion}).status_code in {200, 204, 302}


def test_la_primera_vez_tampoco_se_pisan(cliente, titular, paso):
    """Before anything is saved the page shows what the account knows."""
    gestion = escenas.nueva(titular)
    ruta = paso(gestion, "datos-generales")
    primera, segunda = (formulario(cliente.get(ruta)) for _ in range(2))
    cliente.post(ruta, primera | {"segundo_nombre": "ANA", "accion": "autoguardar"})
    cliente.post(ruta, segunda | {"tercer_nombre": "LUZ", "accion": "autoguardar"})
    valores = guardado(gestion, "datos-generales")
    assert (valores["segundo_nombre"], valores["tercer_nombre"]) == ("ANA", "LUZ")
    assert valores["primer_apellido"] == titular.primer_apellido.upper()


def test_no_se_ratifica_un_acta_con_otro_nombre_que_el_leido(cliente, titular, paso):
    """B4.3: another tab changed the name; the old acta is not the one that is read."""
    gestion = escenas.hasta_acta(titular)
    leida = campos(cliente.get(paso(gestion, "acta")))
    escenas.guardar(gestion, "datos-generales", segundo_nombre="OTRA")
    respuesta = cliente.post(paso(gestion, "acta"), leida, follow=True)
    assert respuesta.redirect_chain == [(paso(gestion, "acta"), 302)]
    assert avisos(respuesta) == ["Cambió el nombre del acta. Léala otra vez y presione «Continuar»."]
    assert not RespuestaPaso.objects.filter(gestion=gestion, paso="acta").exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_pestanas_a_la_vez_dejan_lo_de_todas(titular):
    """S24: under PostgreSQL's lock, twenty fields from twenty pages opened before any was saved."""
    gestion = escenas.hasta_acta(titular)
    gestion_de = Gestion.de(titular, gestion.numero)
    paso, hoy = gestion_de.definicion.paso("beneficiario"), escenas.timezone.localdate()
    visto = gestion_de.mostrado(paso, hoy)
    nombres = list(visto)[:HILOS]
    assert len(nombres) == HILOS

    def teclear(n: int) -> None:
        hoja = Hoja(escrito={nombres[n]: f"texto {n}"}, visto=visto, accion=AUTOGUARDAR)
        guardar_escrito(leida=gestion_de, clave=paso.clave, hoja=hoja, ahora=escenas.timezone.now())

    correr(teclear)
    valores = guardado(gestion, "beneficiario")
    assert {n: valores[n] for n in nombres} == {nombre: f"texto {n}" for n, nombre in enumerate(nombres)}

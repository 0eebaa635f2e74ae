"""The seven steps' frame and the three that are typed: what opens, what is kept, what is answered."""

from urllib.parse import quote_from_bytes

import pytest
from django.urls import reverse

from bitacora.models import Evento
from tests.prevision.datos import BENEFICIARIO, JURAMENTO, NOMBRE
from tests.tramites import escenas
from tramites import registro
from tramites.models import Gestion, RespuestaPaso

from .lectura import arbol, avisos, botones, campos, errores, palabras, texto, visible

ANULADO = "Usted cambió sus datos. Confirme de nuevo los pasos 4 y 5, y descargue el formulario."
PASOS = registro.obtener("invalidez").pasos
CLAVES = [p.clave for p in PASOS]
FORMULARIOS = list(escenas.RESPUESTAS)
HASTA = {
    "datos-generales": escenas.nueva,
    "acta": escenas.hasta_acta,
    "documentos": escenas.hasta_documentos,
    "validacion": escenas.con_archivos,
}


def guardado(gestion, clave) -> dict:
    return RespuestaPaso.objects.get(gestion=gestion, paso=clave).valores


def valor(respuesta, nombre) -> str | None:
    """What stands in the control: the text of an input or the chosen option of a list."""
    control = arbol(respuesta).find(f".//*[@id='id_{nombre}']")
    elegida = control.find(".//option[@selected]") if control.tag == "select" else control
    return None if elegida is None else elegida.get("value")


@pytest.mark.parametrize(("pendiente", "escena"), HASTA.items())
def test_adelante_esta_cerrado_y_atras_es_libre(cliente, titular, paso, pendiente, escena):
    """B0, S20: whoever jumps is told which step to complete, by number and name; nothing is saved."""
    gestion = escena(titular)
    numero = CLAVES.index(pendiente) + 1
    version = Gestion.objects.get(pk=gestion.pk).version
    for clave in CLAVES[:numero]:
        assert cliente.get(paso(gestion, clave)).status_code == 200
    for clave in CLAVES[numero:]:
        for pedir in (cliente.get, cliente.post):
            respuesta = pedir(paso(gestion, clave), follow=True)
            assert respuesta.redirect_chain == [(paso(gestion, pendiente), 302)]
            assert avisos(respuesta) == [f"Primero complete el paso {numero}, {PASOS[numero - 1].nombre}."]
    assert Gestion.objects.get(pk=gestion.pk).version == version


def test_la_lista_lateral_lleva_los_siete_pasos_en_orden(cliente, titular, paso):
    """B0: always 1 to 7; the active one is marked, and what is closed is no link."""
    respuesta = cliente.get(paso(escenas.hasta_acta(titular), "juramento"))
    lista = arbol(respuesta).findall(".//ol[@class='pasos']/li")
    leidos = [texto(li.find("./*")).removesuffix(texto(li.find("./*/small"))).strip() for li in lista]
    assert leidos == [p.nombre for p in PASOS]
    assert [li.find("./*").tag for li in lista] == ["a"] * 4 + ["span"] * 3
    assert [li.find("./*").get("aria-current") for li in lista].index("step") == 2
    assert "Paso 3 de 7" in palabras(respuesta)


def test_el_paso_5_se_llama_notificado(cliente, titular, paso):
    """B0, B5.4: the person is notified of what they read there; ONSEC sends nothing by it."""
    respuesta = cliente.get(paso(escenas.hasta_documentos(titular), "notificado"))
    assert "Paso 5 de 7: Notificado" in texto(arbol(respuesta).find(".//title"))
    assert "QUEDO ENTERADO(A) QUE:" in palabras(respuesta)


def test_el_paso_1_llega_con_los_nombres_de_la_cuenta(cliente, titular, paso):
    """B1.1: filled and editable; a difference is told and does not stop."""
    gestion = escenas.nueva(titular)
    assert valor(cliente.get(paso(gestion, "datos-generales")), "primer_apellido") == "TZOC"
    respuesta = cliente.post(
        paso(gestion, "datos-generales"), NOMBRE | {"primer_apellido": "Choc"}, follow=True
    )
    assert respuesta.redirect_chain == [(paso(gestion, "beneficiario"), 302)]
    assert "El nombre no es igual al de su cuenta." in avisos(respuesta)[0]


def test_el_paso_2_llega_con_lo_del_1_y_lo_de_la_cuenta(cliente, titular, paso):
    """B2.2, B2.5, B2.6: names in capitals, nationality, and the verified e-mail."""
    gestion = escenas.nueva(titular)
    escenas.guardar(gestion, "datos-generales", primer_apellido="choc")
    pagina = cliente.get(paso(gestion, "beneficiario"))
    assert valor(pagina, "primer_apellido") == "CHOC"
    assert valor(pagina, "nacionalidad") == "GUATEMALTECA"
    assert valor(pagina, "correo") == titular.email
    assert valor(pagina, "genero") in {None, ""}


def test_otro_correo_avisa_a_cual_llegan_los_avisos(cliente, titular, paso):
    """B2.6: not an error."""
    gestion = escenas.hasta_acta(titular)
    datos = escenas.RESPUESTAS["beneficiario"] | {"correo": "otro@ejemplo.com"}
    respuesta = cliente.post(paso(gestion, "beneficiario"), datos, follow=True)
    assert respuesta.redirect_chain[-1] == (paso(gestion, "juramento"), 302)
    assert any(titular.email in aviso for aviso in avisos(respuesta))


def test_las_listas_son_nueve_y_se_guardan_por_su_codigo(cliente, titular, paso):
    """B2.1, B2.4: «[Seleccione algún valor]» first; the municipalities under their departments."""
    gestion = escenas.hasta_acta(titular)
    listas = arbol(cliente.get(paso(gestion, "beneficiario"))).findall(".//main//select")
    assert len(listas) == 9
    assert {texto(lista.find(".//option")) for lista in listas} == {"[Seleccione algún valor]"}
    municipios = next(lista for lista in listas if lista.get("name") == "municipio_nacimiento")
    assert (len(municipios.findall("./optgroup")), len(municipios.findall(".//optgroup/option"))) == (22, 340)
    assert guardado(gestion, "beneficiario")["municipio_nacimiento"] == "0913"


def test_solo_tres_rotulos_llevan_asterisco(cliente, titular, paso):
    """B2.3: 23 fields; first surname, first name and gender."""
    rotulos = arbol(cliente.get(paso(escenas.hasta_acta(titular), "beneficiario"))).findall(".//main//label")
    assert len(rotulos) == 23
    assert [visible(r) for r in rotulos if "*" in visible(r)] == [
        "Primer apellido *",
        "Primer nombre *",
        "Género *",
    ]
    assert texto(rotulos[0]) == "Primer apellido * (obligatorio)"


@pytest.mark.parametrize("clave", FORMULARIOS)
def test_continuar_guarda_y_pasa_al_siguiente(cliente, titular, paso, clave):
    """B0: each «Continuar» saves, and is one event."""
    gestion = escenas.hasta_acta(titular)
    hechos = Evento.objects.filter(tipo="paso_guardado").count()
    respuesta = cliente.post(paso(gestion, clave), escenas.RESPUESTAS[clave] | {"accion": "continuar"})
    assert respuesta["Location"] == paso(gestion, CLAVES[CLAVES.index(clave) + 1])
    assert Evento.objects.filter(tipo="paso_guardado").count() == hechos + 1


@pytest.mark.parametrize("clave", FORMULARIOS)
def test_salir_guarda_lo_escrito_aunque_este_mal(cliente, titular, paso, clave):
    """B0: half a form is kept as typed, found again from another browser, and is no event."""
    gestion = escenas.hasta_acta(titular)
    campo = "detalle_1" if clave == "juramento" else "segundo_nombre"
    hechos = Evento.objects.count()
    respuesta = cliente.post(paso(gestion, clave), {campo: "a medias 4", "accion": "salir"}, follow=True)
    assert respuesta.redirect_chain == [(reverse("gestion", args=[gestion.numero]), 302)]
    assert avisos(respuesta) == ["Guardamos lo que escribió. Puede seguir cuando quiera."]
    assert valor(cliente.get(paso(gestion, clave)), campo) == "a medias 4"
    assert Evento.objects.count() == hechos


@pytest.mark.parametrize("clave", FORMULARIOS)
def test_el_autoguardado_responde_204_y_no_es_un_hecho(cliente, titular, paso, clave):
    """B0: right or wrong, nothing is shown."""
    gestion, hechos = escenas.hasta_acta(titular), Evento.objects.count()
    respuesta = cliente.post(paso(gestion, clave), {"accion": "autoguardar"})
    assert (respuesta.status_code, respuesta.content) == (204, b"")
    assert not RespuestaPaso.objects.get(gestion=gestion, paso=clave).completa
    assert Evento.objects.count() == hechos


@pytest.mark.parametrize(
    ("clave", "cambios", "mensaje"),
    [
        ("datos-generales", {"primer_apellido": ""}, "Escriba su primer apellido."),
        ("datos-generales", {"primer_nombre": "R0SA"}, "Quite el signo «0» de su primer nombre."),
        ("beneficiario", {"genero": ""}, "Elija su género."),
        ("beneficiario", {"genero": "Z"}, "Elija una opción de la lista."),
        ("beneficiario", {"municipio_nacimiento": "9999"}, "Elija una opción de la lista."),
        (
            "beneficiario",
            {"municipio_nacimiento": "0101"},
            "Ese municipio no es del departamento elegido. Elija de nuevo.",
        ),
        ("beneficiario", {"fecha_nacimiento": "31/02/1980"}, "Esa fecha no existe en el calendario."),
        ("beneficiario", {"fecha_nacimiento": "ayer"}, "Escriba la fecha así: 31/12/1980."),
        ("beneficiario", {"telefono": "12"}, "Escriba los 8 números de su teléfono, por ejemplo 5555-1234."),
        ("beneficiario", {"correo": "x"}, "Escriba un correo como nombre@ejemplo.com."),
        ("beneficiario", {"direccion": "x" * 201}, "Escriba 200 letras o menos. Ahora tiene 201."),
        ("juramento", {"pregunta_4": ""}, "Responda SI o NO a la pregunta 4."),
        ("juramento", {"pregunta_5": "QUIZÁ"}, "Responda SI o NO a la pregunta 5."),
        (
            "juramento",
            {"pregunta_1": "SI"},
            "Usted respondió SI a la pregunta 1. Escriba la dependencia o entidad y la clase de pensión.",
        ),
        (
            "juramento",
            {"fecha_entrega_cargo": "31/12/2090"},
            "La fecha de entrega de cargo no puede ser futura. Revísela.",
        ),
    ],
)
def test_lo_invalido_se_dice_arriba_y_junto_al_campo_y_no_se_pierde(
    cliente, titular, paso, clave, cambios, mensaje
):
    """B2.3, B2.4, B3.1, mensajes.md §3: the same sentence twice, and the draft kept as typed."""
    gestion = escenas.hasta_acta(titular)
    datos = escenas.RESPUESTAS[clave] | cambios
    respuesta = cliente.post(paso(gestion, clave), datos)
    assert respuesta.status_code == 200
    assert any(error.startswith(mensaje) for error in errores(respuesta))
    assert palabras(respuesta).count(mensaje) == 2
    assert texto(arbol(respuesta).find(".//title")).startswith("Error: ")
    assert guardado(gestion, clave) == dict.fromkeys(guardado(gestion, clave), "") | datos
    assert cliente.get(paso(gestion, "acta")).status_code == 302


@pytest.mark.parametrize("numero", [1, 2, 5, 6])
def test_un_si_que_onsec_califica_no_detiene(cliente, titular, paso, numero):
    """B3.2: neither a similar pension, nor the Adulto Mayor, nor the lost nationality."""
    gestion = escenas.hasta_acta(titular)
    datos = JURAMENTO | {f"pregunta_{numero}": "SI", f"detalle_{numero}": "MUNICIPALIDAD"}
    assert cliente.post(paso(gestion, "juramento"), datos)["Location"] == paso(gestion, "acta")


def test_el_juramento_llega_sin_nada_elegido_y_con_los_detalles_a_la_vista(cliente, titular, paso):
    """B3.1: without a script every detail is there; what does not apply is kept until it is frozen."""
    gestion = escenas.nueva(titular)
    for clave in ("datos-generales", "beneficiario"):
        escenas.guardar(gestion, clave)
    pagina = cliente.get(paso(gestion, "juramento"))
    assert not arbol(pagina).findall(".//input[@checked]")
    assert {f"detalle_{n}" for n in (1, 2, 3, 4)} | {"fecha_entrega_cargo"} <= set(campos(pagina))
    cliente.post(paso(gestion, "juramento"), JURAMENTO | {"detalle_1": "lo que ya no aplica"})
    assert valor(cliente.get(paso(gestion, "juramento")), "detalle_1") == "lo que ya no aplica"


HOSTILES = {
    "nada": {},
    "nulos": dict.fromkeys(BENEFICIARIO | JURAMENTO, "\0A\0"),
    "un mega de nombre": {"primer_apellido": "Ñ" * 150_000},
    "un mega de texto": {"direccion": "x" * 1_000_000, "detalle_1": "x" * 1_000_000},
    "nombres largos": dict.fromkeys(NOMBRE, "Á" * 5_000),
    "dos veces": {c: [str(v), "otro"] for c, v in (BENEFICIARIO | JURAMENTO).items()},
    "marcas": dict.fromkeys(BENEFICIARIO | JURAMENTO, "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}"),
    "invisibles": dict.fromkeys(BENEFICIARIO | JURAMENTO, "\u202e\u200b\ufeff\r\nBcc: a@b.c"),
    "astrales": dict.fromkeys(BENEFICIARIO | JURAMENTO, "𐐷😀" * 50),
    "cifras": dict.fromkeys(BENEFICIARIO | JURAMENTO, "9" * 400),
    "accion": {"accion": ["x", "salir\0"], "volver": "\0"},
}


@pytest.mark.parametrize("caso", HOSTILES)
@pytest.mark.parametrize("clave", CLAVES)
def test_nada_de_lo_que_se_mande_rompe_un_paso(cliente, titular, paso, clave, caso):
    """B0, S26, S28, S29: 200 with its sentences or a redirect; what was saved opens again, escaped."""
    gestion = escenas.con_archivos(titular)
    respuesta = cliente.post(paso(gestion, clave), HOSTILES[caso])
    assert respuesta.status_code in {200, 302}
    for pagina in (
        respuesta,
        cliente.get(paso(gestion, clave), follow=True),
        cliente.get(reverse("tablero")),
    ):
        assert "<script>alert" not in pagina.content.decode()
    assert cliente.get(reverse("gestion", args=[gestion.numero])).status_code == 200


@pytest.mark.parametrize("clave", CLAVES)
def test_lo_que_no_es_utf_8_tampoco(cliente, titular, paso, clave):
    """S9: bytes of another encoding, half a character, a body that is no form at all."""
    gestion = escenas.con_archivos(titular)
    for cuerpo, tipo in (
        (
            "primer_apellido=" + quote_from_bytes("Ñandú".encode("latin-1")),
            "application/x-www-form-urlencoded",
        ),
        ("primer_apellido=%ED%A0%80&%FF=%C3", "application/x-www-form-urlencoded; charset=utf-7"),
        ('{"primer_apellido": 1}', "application/json"),
        ("--x\r\nroto", "multipart/form-data; boundary=x"),
        ("--x\r\nroto", "multipart/form-data"),
    ):
        codigo = cliente.post(paso(gestion, clave), cuerpo, content_type=tipo).status_code
        assert codigo in {200, 302, 400}, tipo


def test_demasiado_para_un_formulario_es_413(cliente, titular, paso):
    """S10: its own page and not a 500."""
    respuesta = cliente.post(paso(escenas.nueva(titular), "datos-generales"), {"x": "x" * 3_000_000})
    assert respuesta.status_code == 413
    assert "El archivo es muy grande" in palabras(respuesta)


def test_volver_y_cambiar_anula_lo_confirmado_a_la_vista(cliente, titular, paso):
    """B4.3: it warns before, says it after, and steps 4 and 5 are asked again."""
    gestion = escenas.con_archivos(titular)
    aviso = "Si cambia sus datos, el formulario que descargó perderá vigencia."
    assert aviso in palabras(cliente.get(paso(gestion, "datos-generales")))
    igual = cliente.post(paso(gestion, "datos-generales"), NOMBRE, follow=True)
    assert ANULADO not in avisos(igual)
    assert cliente.get(paso(gestion, "validacion")).status_code == 200
    otro = cliente.post(paso(gestion, "datos-generales"), NOMBRE | {"segundo_nombre": "ANA"}, follow=True)
    assert ANULADO in avisos(otro)
    assert avisos(cliente.get(paso(gestion, "notificado"), follow=True)) == [
        "Primero complete el paso 4, Acta de Ratificación."
    ]
    historial = palabras(cliente.get(reverse("gestion", args=[gestion.numero])))
    assert "El formulario impreso anterior perdió vigencia" in historial


def test_cada_paso_de_texto_ofrece_sus_dos_botones(cliente, titular, paso):
    """B0: «Continuar» and a way to leave."""
    gestion = escenas.hasta_acta(titular)
    for clave in FORMULARIOS:
        assert botones(cliente.get(paso(gestion, clave))) == ["Continuar", "Salir y seguir después"]

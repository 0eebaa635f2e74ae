"""The queue: its tabs, its search, its order and what it costs (F1, F7)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Usuario
from escritura.orden import clave_busqueda
from tests.fabricas import CiudadanoFactory, GestionFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, avisos, botones, filas, palabras, texto
from tramites.habiles import Calendario
from tramites.models import AsuetoExtra, Causa, Estado, Gestion

Papel = Usuario.Papel
pytestmark = pytest.mark.django_db


def hay(estado=Estado.RECIBIDA, dias=0, **datos) -> Gestion:
    """A row of the queue, `dias` natural days in it, without playing its story."""
    ahora = timezone.now() - timedelta(days=dias)
    nombre = datos.pop("nombre", "ROSALINDA TZOC")
    if estado == Estado.RECIBIDA:
        datos.setdefault("en_cola_desde", ahora)
    if estado == Estado.ARCHIVADA:
        datos |= {"causa_archivo": Causa.PLAZO, "estado_al_archivar": "OBSERVADA", "archivada_en": ahora}
    datos.setdefault("recibida_en", ahora)
    return GestionFactory(
        estado=estado, titular_nombre=nombre, titular_busqueda=clave_busqueda(nombre), ficha=uuid4(), **datos
    )


def numeros(respuesta) -> list[int]:
    return [int(fila[0]) for fila in filas(respuesta)]


def pestanas(respuesta) -> list[str]:
    return [texto(a) for a in arbol(respuesta).findall(".//nav[@aria-label='Vistas de la bandeja']//a")]


def test_las_seis_pestanas_llevan_su_nombre_y_su_cuenta(mesa, analista):
    """Contract: the tabs word for word, each with its count."""
    hay()
    hay(asignada_a=analista)
    hay(Estado.OBSERVADA, asignada_a=analista)
    hay(Estado.OBSERVADA)
    hay(Estado.ADMITIDA)
    hay(Estado.ARCHIVADA)
    GestionFactory()
    assert pestanas(mesa.get(reverse("mesa"))) == [
        "Por asignar 1",
        "Mis gestiones 2",
        "Con observaciones 2",
        "Admitidas 1",
        "Archivadas 1",
        "Todas 6",
    ]


@pytest.mark.parametrize(
    ("vista", "estados"),
    [
        ("por-asignar", {"RECIBIDA"}),
        ("observadas", {"OBSERVADA"}),
        ("admitidas", {"ADMITIDA"}),
        ("archivadas", {"ARCHIVADA"}),
        ("todas", {"RECIBIDA", "OBSERVADA", "ADMITIDA", "ARCHIVADA"}),
        ("inventada", {"RECIBIDA"}),
    ],
)
def test_cada_pestana_trae_lo_suyo_y_nunca_un_borrador(mesa, vista, estados):
    for estado in Estado:
        if estado == Estado.CREACION:
            GestionFactory()
        else:
            hay(estado)
    hallados = Gestion.objects.filter(numero__in=numeros(mesa.get(reverse("mesa"), {"vista": vista})))
    assert {g.estado for g in hallados} == estados


def test_un_borrador_archivado_sin_enviar_tampoco_esta_en_la_bandeja(mesa):
    """matriz.md §3: never sent, only its owner's."""
    hay(Estado.ARCHIVADA, recibida_en=None)
    assert numeros(mesa.get(reverse("mesa"), {"vista": "archivadas"})) == []


def test_nadie_ve_en_listas_la_gestion_de_su_cui(entrar):
    """S18, matriz.md §2."""
    propia, ajena = hay(), hay()
    navegador = entrar(escenas.analista(cui=propia.titular_cui))
    respuesta = navegador.get(reverse("mesa"), {"vista": "todas"})
    assert numeros(respuesta) == [ajena.numero]
    assert pestanas(respuesta)[-1] == "Todas 1"
    assert numeros(navegador.get(reverse("mesa"), {"vista": "todas", "q": propia.numero})) == []


@pytest.mark.parametrize(
    "q",
    ["{numero}", "1002 00303 0101", "1002003030101", "1002-00303-0101", "xicara", "XICARÁ", "elena barrios"],
)
def test_se_busca_por_numero_por_cui_y_por_nombre_sin_tildes(mesa, q):
    """F1: however it was typed."""
    buscada = hay(nombre="ELENA MARÍA XICARÁ BARRIOS", titular_cui="1002003030101")
    hay(nombre="MATEO CHOC", titular_cui="1928374782217")
    respuesta = mesa.get(reverse("mesa"), {"vista": "todas", "q": q.format(numero=buscada.numero)})
    assert numeros(respuesta) == [buscada.numero]


@pytest.mark.parametrize("q", ["%", "_", "'; DROP TABLE", "9" * 60, "\x00", "²", "xicara choc"])
def test_lo_que_no_se_halla_o_no_se_entiende_no_rompe_nada(mesa, q):
    """S30: text is text."""
    hay(nombre="ELENA XICARÁ")
    respuesta = mesa.get(reverse("mesa"), {"vista": "todas", "q": q})
    assert respuesta.status_code == 200
    assert q in ("\x00",) or numeros(respuesta) == []


@pytest.mark.parametrize(
    "consulta",
    [{"orden": "-password"}, {"estado": "X"}, {"dias": "x"}, {"a_cargo": "1 OR 1"}, {"pagina": "9e9"}],
)
def test_un_filtro_inventado_no_se_pide(mesa, consulta):
    """S30: allow-lists."""
    fila = hay()
    assert numeros(mesa.get(reverse("mesa"), {"vista": "todas"} | consulta)) == [fila.numero]


def test_lo_que_mas_espera_va_primero_y_se_puede_ordenar_de_otro_modo(mesa):
    nueva, vieja = hay(dias=1), hay(dias=30)
    por = {
        orden: numeros(mesa.get(reverse("mesa"), {"vista": "todas", "orden": orden}))
        for orden in ("antiguas", "recientes", "numero", "numero-desc")
    }
    assert por["antiguas"] == [vieja.numero, nueva.numero] == por["numero-desc"]
    assert por["recientes"] == [nueva.numero, vieja.numero] == por["numero"]


def test_la_antiguedad_se_cuenta_en_dias_habiles_y_se_filtra(mesa):
    hoy = timezone.localdate()
    limite = datetime.combine(
        Calendario().hace(10, hoy), datetime.min.time(), tzinfo=timezone.get_current_timezone()
    )
    justa = hay(en_cola_desde=limite)
    hay()
    respuesta = mesa.get(reverse("mesa"), {"vista": "todas", "dias": 10})
    assert numeros(respuesta) == [justa.numero]
    assert "10 días hábiles" in palabras(respuesta)
    assert "Por vencer" in palabras(respuesta)


def test_se_filtra_por_estado_y_por_quien_la_tiene(mesa, analista):
    mia = hay(Estado.OBSERVADA, asignada_a=analista)
    hay(Estado.OBSERVADA)
    hay()
    pedido = {"vista": "todas", "estado": "OBSERVADA", "a_cargo": analista.pk}
    assert numeros(mesa.get(reverse("mesa"), pedido)) == [mia.numero]


def test_la_bandeja_va_por_paginas_y_conserva_lo_que_se_busco(mesa):
    for _ in range(27):
        hay()
    respuesta = mesa.get(reverse("mesa"), {"vista": "todas", "q": "tzoc"})
    assert len(filas(respuesta)) == 25
    assert "1–25 de 27 registros" in palabras(respuesta)
    siguiente = next(a.get("href") for a in arbol(respuesta).findall(".//a") if texto(a) == "Siguiente")
    assert "q=tzoc" in siguiente
    ultima = mesa.get(reverse("mesa") + siguiente)
    assert len(filas(ultima)) == 2
    assert "27 registros" in palabras(ultima)
    assert [texto(a) for a in paginas(ultima)] == ["Anterior"]


def paginas(respuesta):
    return arbol(respuesta).findall(".//nav[@aria-label='Páginas']//a")


def test_el_enlace_de_una_pagina_sirve_a_otra_persona(mesa, entrar):
    """It says from which row on, not how many to skip."""
    todas = [hay(dias=dias).numero for dias in range(30, 0, -1)]
    (siguiente,) = paginas(mesa.get(reverse("mesa"), {"vista": "por-asignar"}))
    ajena = entrar(Papel.JEFATURA).get(reverse("mesa") + siguiente.get("href"))
    assert numeros(ajena) == todas[25:]


@pytest.mark.parametrize("pagina", ["2", "despues.1.2", "despues.253402300799999999.1.1", "antes.x"])
def test_una_pagina_que_no_existe_lo_dice_y_da_la_primera(mesa, pagina):
    fila = hay()
    respuesta = mesa.get(reverse("mesa"), {"vista": "todas", "pagina": pagina})
    assert numeros(respuesta) == [fila.numero]
    assert "Esa página ya no existe. Esta es la primera." in palabras(respuesta)


def test_lo_largo_se_cuenta_hasta_mil_y_lo_de_trabajo_entero(mesa, monkeypatch):
    monkeypatch.setattr("mesa.consultas.bandeja.TOPE", 2)
    for _ in range(3):
        hay()
        hay(Estado.ADMITIDA)
    hay(Estado.ARCHIVADA)
    assert pestanas(mesa.get(reverse("mesa")))[0::3] == ["Por asignar 3", "Admitidas 2+"]
    assert pestanas(mesa.get(reverse("mesa")))[4:] == ["Archivadas 1", "Todas 2+"]
    assert "registros" in palabras(mesa.get(reverse("mesa"), {"vista": "todas"}))


@pytest.mark.parametrize(
    "pedido",
    [{"vista": p} for p in ("por-asignar", "mias", "observadas", "admitidas", "archivadas", "todas")]
    + [
        {"vista": "todas", "orden": "numero"},
        {"vista": "todas", "dias": 10},
        {"vista": "todas", "q": "tzoc"},
    ],
    ids=str,
)
def test_la_vista_hace_cinco_consultas_a_lo_mas(mesa, analista, pedido):
    """Counts, the calendar, who reviews, what a text finds, and the rows; the rest is the session's."""
    for n in range(60):
        hay(
            (Estado.RECIBIDA, Estado.OBSERVADA, Estado.ADMITIDA)[n % 3],
            asignada_a=analista if n % 2 else None,
        )
    mesa.get(reverse("mesa"), pedido)
    with CaptureQueriesContext(connection) as hechas:
        mesa.get(reverse("mesa"), pedido)
    de_la_vista = ('"tramites_gestion"', '"tramites_asuetoextra"', '"papel" IN')
    suyas = [q["sql"] for q in hechas if any(parte in q["sql"] for parte in de_la_vista)]
    assert 3 <= len(suyas) <= 5


def test_treinta_filas_cuestan_las_mismas_consultas_que_tres(mesa):
    """Lists keep a fixed number of queries."""

    def consultas() -> int:
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            mesa.get(reverse("mesa"), {"vista": "todas"})
        return len(hechas)

    def agregar(n: int) -> None:
        for _ in range(n):
            hay(asignada_a=escenas.analista(), solicitante=CiudadanoFactory())

    agregar(3)
    mesa.get(reverse("mesa"))
    con_tres = consultas()
    agregar(20)
    assert consultas() == con_tres


def test_tomar_siguiente_da_la_mas_antigua_y_avisa_cuando_no_hay(mesa, analista):
    hay(dias=1)
    vieja = hay(dias=9)
    respuesta = mesa.post(reverse("tomar_siguiente"))
    assert respuesta["Location"] == reverse("revision", args=[vieja.numero])
    vieja.refresh_from_db()
    assert vieja.asignada_a == analista
    Gestion.objects.filter(asignada_a=None).update(en_cola_desde=None, asignada_a=analista)
    assert avisos(mesa.post(reverse("tomar_siguiente"), follow=True))[-1] == "No hay Gestiones por asignar."


@pytest.mark.parametrize("papel", [Papel.ADMINISTRACION, Papel.AUDITORIA, Papel.CONSULTA])
def test_quien_no_revisa_no_toma(entrar, papel):
    navegador, fila = entrar(papel), hay()
    assert navegador.post(reverse("tomar_siguiente")).status_code == 403
    assert navegador.post(reverse("tomar", args=[fila.numero])).status_code == 403
    assert "Tomar siguiente" not in botones(navegador.get(reverse("mesa")))


def test_la_posible_alteracion_solo_la_ve_jefatura_en_la_bandeja(entrar, mesa):
    """F6: reserved; it goes to jefatura."""
    marcada = hay()
    hay()
    marcada.internos = marcada._meta.get_field("internos").related_model.objects.create(
        gestion=marcada, posible_alteracion=True
    )
    pedido = {"vista": "todas", "reservadas": "on"}
    assert "Posible alteración" not in palabras(mesa.get(reverse("mesa"), pedido))
    respuesta = entrar(Papel.JEFATURA).get(reverse("mesa"), pedido)
    assert numeros(respuesta) == [marcada.numero]
    assert "Posible alteración" in palabras(respuesta)


# ── consulta (K) and administración (D) ──────────────────────────────────────────────────────


@pytest.fixture
def ventanilla(entrar):
    return entrar(Papel.CONSULTA)


@pytest.mark.parametrize("q", ["{numero}", "1002 00303 0101", "1002003030101"])
def test_la_ventanilla_halla_por_numero_o_cui_y_ve_solo_estado_y_fechas(ventanilla, q):
    """F7: number, type, state and dates; neither data nor documents."""
    fila = hay(Estado.OBSERVADA, nombre="ELENA XICARÁ", titular_cui="1002003030101")
    respuesta = ventanilla.get(reverse("mesa"), {"q": q.format(numero=fila.numero)})
    (hallada,) = filas(respuesta)
    assert hallada[0] == str(fila.numero)
    assert hallada[1] == "Pensión Civil por Invalidez"
    assert "Solicitud con observaciones" in hallada[2]
    assert f"{fila.fecha_ingreso:%d-%m-%Y}" in hallada[3]
    escrito = palabras(respuesta)
    assert "XICARÁ" not in escrito
    assert "1002003030101" not in escrito.replace(" ", "")


@pytest.mark.parametrize("q", ["xicara", "elena", "", " "])
def test_la_ventanilla_no_busca_por_nombre(ventanilla, q):
    hay(nombre="ELENA XICARÁ")
    assert filas(ventanilla.get(reverse("mesa"), {"q": q})) == []


def test_la_ventanilla_no_ve_borradores_ni_la_de_su_cui(entrar):
    """F7, matriz.md §2."""
    borrador, propia = GestionFactory(), hay()
    navegador = entrar(escenas.analista(papel=Papel.CONSULTA, cui=propia.titular_cui))
    for numero in (borrador.numero, propia.numero):
        respuesta = navegador.get(reverse("mesa"), {"q": numero})
        assert filas(respuesta) == []
        assert "No hay Gestiones enviadas con ese número o CUI." in palabras(respuesta)


def test_administracion_va_por_numero_y_no_ve_datos(entrar):
    """matriz.md §3: D reads one file with a reason, and sends failed mails again."""
    navegador, fila = entrar(Papel.ADMINISTRACION), hay(nombre="ELENA XICARÁ")
    respuesta = navegador.get(reverse("mesa"), {"q": fila.numero})
    assert botones(respuesta) == [
        "Buscar",
        "Limpiar",
        "Ver un archivo, con motivo",
        "Enviar otra vez los correos fallidos",
    ]
    assert "XICARÁ" not in palabras(respuesta)
    assert "No hay nada" in palabras(navegador.get(reverse("mesa"), {"q": 999_999}))


def test_administracion_reintenta_los_correos_y_vuelve_a_su_pagina(entrar):
    """matriz.md §3: `reintentar_correo`, D in every state."""
    navegador, fila = entrar(Papel.ADMINISTRACION), hay()
    respuesta = navegador.post(reverse("reintentar_correo", args=[fila.numero]), follow=True)
    assert respuesta.status_code == 200
    assert avisos(respuesta) == ["No hay correos fallidos que reintentar."]
    assert f"Gestión No. {fila.numero}" in palabras(respuesta)


def test_los_asuetos_de_onsec_no_cuentan_en_la_antiguedad(mesa):
    """matriz.md §3, «asuetos»: one calendar for the queue, the figures and the takes."""
    hoy = timezone.localdate()
    habil = next(d for d in (hoy - timedelta(days=n) for n in range(1, 15)) if Calendario().es_habil(d))
    hay(en_cola_desde=timezone.now() - timedelta(days=30))
    antes = mesa.get(reverse("mesa"), {"vista": "todas"}).context["filas"][0][1].dias
    AsuetoExtra.objects.create(fecha=habil, motivo="Cierre")
    assert mesa.get(reverse("mesa"), {"vista": "todas"}).context["filas"][0][1].dias == antes - 1

"""The Pensión Civil por Invalidez as the engine sees it."""

from previsión.pensiones import PENSIONES
from previsión.pensiones.invalidez import INVALIDEZ
from tramites import registro
from tramites.definicion import ClasePaso


def test_esta_inscrita_en_el_motor():
    """A4: «Trámites de Previsión Civil» → «Invalidez»."""
    assert registro.obtener("invalidez", 1) is INVALIDEZ
    assert INVALIDEZ in PENSIONES
    assert (INVALIDEZ.nombre, INVALIDEZ.rotulo) == ("Pensión Civil por Invalidez", "Invalidez")


def test_son_siete_pasos_numerados_del_1_al_7():
    """B0: always 1-7, in the manual's words."""
    assert [(p.numero, p.clave, p.nombre) for p in INVALIDEZ.pasos] == [
        (1, "datos-generales", "Datos Generales"),
        (2, "beneficiario", "Datos del Beneficiario"),
        (3, "juramento", "Bajo Juramento"),
        (4, "acta", "Acta de Ratificación"),
        (5, "notificado", "Notificado"),
        (6, "documentos", "Documentos de Respaldo"),
        (7, "validacion", "Validación"),
    ]
    assert [p.numero for p in INVALIDEZ.formularios] == [1, 2, 3]
    assert [p.clase for p in INVALIDEZ.pasos[3:]] == [
        ClasePaso.ACTA,
        ClasePaso.ENTERADO,
        ClasePaso.DOCUMENTOS,
        ClasePaso.VALIDACION,
    ]


def test_los_documentos_1_a_6_son_obligatorios_y_7_y_8_opcionales():
    """B6.2; B6.7: the 5 is always required; B7.3: the solvencia is no renglón of its own."""
    renglones = INVALIDEZ.renglones({})
    assert [r.numero for r in renglones if r.obligatorio] == [1, 2, 3, 4, 5, 6]
    assert [r.numero for r in renglones if not r.obligatorio] == [7, 8]
    assert [r.nombre for r in INVALIDEZ.requisitos if "olvencia" in r.nombre] == []
    assert "solvencia" in INVALIDEZ.requisito(8).ayuda


def test_los_que_llevan_nota_son_del_3_al_8():
    """B6: the notes in italics of the table."""
    assert [r.numero for r in INVALIDEZ.requisitos if r.nota] == [3, 4, 5, 6, 7, 8]
    assert all(r.ayuda for r in INVALIDEZ.requisitos)


def test_los_seis_nombres_se_comparten_entre_los_pasos_1_y_2():
    """B2.2."""
    for paso in INVALIDEZ.formularios[:2]:
        assert set(paso.formulario.base_fields) >= INVALIDEZ.campos_compartidos
    assert len(INVALIDEZ.campos_compartidos) == 6


def test_lo_conveniente_son_campos_del_paso_2():
    """B2.7: warns before sending, without stopping, of these four."""
    assert INVALIDEZ.campos_convenientes == {
        "beneficiario": ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss")
    }
    campos = INVALIDEZ.paso("beneficiario").formulario.base_fields
    for campo in INVALIDEZ.campos_convenientes["beneficiario"]:
        assert not campos[campo].required

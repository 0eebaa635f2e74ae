"""The three-way merge of a step, field by field."""

from tramites.fusion import fundir

GUARDADO = {"direccion": "4a calle", "telefono": "5555-1234", "correo": ""}


def test_solo_se_escribe_lo_que_se_toco():
    """What the page showed and nobody typed over is not the page's to write."""
    visto = GUARDADO | {"direccion": ""}
    fusion = fundir(visto=visto, escrito=visto | {"correo": "a@b.gt"}, guardado=GUARDADO)
    assert fusion.valores == GUARDADO | {"correo": "a@b.gt"}
    assert fusion.ajenos == {"direccion": "4a calle"}
    assert not fusion.conflictos


def test_lo_que_no_vino_no_se_toco():
    fusion = fundir(visto=GUARDADO, escrito={"correo": "a@b.gt"}, guardado=GUARDADO)
    assert fusion.valores == GUARDADO | {"correo": "a@b.gt"}


def test_borrar_es_tocar():
    fusion = fundir(visto=GUARDADO, escrito={"telefono": ""}, guardado=GUARDADO)
    assert fusion.valores["telefono"] == ""


def test_lo_tocado_en_dos_partes_es_conflicto_y_no_se_escribe():
    visto = GUARDADO | {"direccion": "antes"}
    fusion = fundir(visto=visto, escrito={"direccion": "la mía", "correo": "a@b.gt"}, guardado=GUARDADO)
    assert fusion.conflictos == {"direccion": ("4a calle", "la mía")}
    assert fusion.valores == GUARDADO | {"correo": "a@b.gt"}
    assert not fusion.ajenos


def test_escribir_lo_mismo_en_dos_partes_no_es_conflicto():
    visto = GUARDADO | {"direccion": "antes"}
    fusion = fundir(visto=visto, escrito={"direccion": "4a calle"}, guardado=GUARDADO)
    assert (fusion.valores, fusion.conflictos) == (GUARDADO, {})


def test_sin_saber_que_se_mostro_vale_todo_lo_que_vino():
    """A page of before this rule."""
    fusion = fundir(visto=None, escrito={"correo": "a@b.gt"}, guardado=GUARDADO)
    assert fusion.valores == {"direccion": "", "telefono": "", "correo": "a@b.gt"}

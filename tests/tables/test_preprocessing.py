from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.preprocessing import preprocessing

TEXT = "order_id,product_id,quantity,unit_price\n1,a,1,2\n2,a,-1,2\n3,a,1,0\n4,b,1,2\n"


def test_every_step_is_told_with_its_rows(sales):
    steps = preprocessing(open_tables(sales(TEXT, "    where: product_id = 'a'\n")))
    assert steps[["step", "rows"]].to_numpy().tolist() == [
        ["selected", 1],
        ["cleaned", 1],
        ["transformed", 1],
        ["transformed", 2],
    ]

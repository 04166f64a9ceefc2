"""Payments and their own past: windows over strictly earlier payments of one key -> columns."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

HOUR, DAY = 3600, 86400
MOMENT = "moment"


@dataclass(frozen=True)
class Past:
    """Earlier payments of the same customer, card, device or shop.

    Parameters
    ----------
    rows : Table, one row per payment
        With the whole column `moment`, seconds since 1970.
    keys : tuple of str
        Columns that must be equal; payments without one of them have no past.
    """

    rows: ir.Table
    keys: tuple[str, ...]

    @property
    def is_known(self) -> ir.BooleanValue:
        """True where the payment has all keys."""
        known = ibis.literal(True)
        for key in self.keys:
            known = known & self.rows[key].notnull()
        return known

    def _window(self, seconds: int | None) -> ir.Table:
        # Payments of the same second see nothing of each other: who came first is not known.
        # Those without a key stand alone, else all of them would be one large partition.
        alone = self.is_known.ifelse(ibis.null("string"), self.rows.payment_id)
        return ibis.range_window(
            preceding=(seconds, 1), group_by=[*self._columns(), alone], order_by=MOMENT
        )

    def _columns(self) -> list[ir.Value]:
        return [self.rows[key] for key in self.keys]

    def count(
        self, where: ir.BooleanValue | None = None, *, seconds: int | None = None
    ) -> ir.Value:
        """Earlier payments, of some kind, in the last so many seconds; empty without a key."""
        found = self.rows.payment_id.count(where=where).over(self._window(seconds))
        return self.is_known.ifelse(found, ibis.null("int64"))

    def total(self, value: ir.Value, *, seconds: int | None = None) -> ir.Value:
        """Sum of a column over earlier payments; 0 without any, empty without a key."""
        found = value.sum().over(self._window(seconds)).fill_null(0)
        return self.is_known.ifelse(found, ibis.null())

    def mean(self, value: ir.Value) -> ir.Value:
        """Mean of a column over all earlier payments; empty without any."""
        return value.mean().over(self._window(None))

    def median(self, value: ir.Value) -> ir.Value:
        """Median of a column over all earlier payments; empty without any."""
        return value.median().over(self._window(None))

    def deviation(self, value: ir.Value) -> ir.Value:
        """Standard deviation of a column over all earlier payments; empty below two."""
        return value.std(how="sample").over(self._window(None))

    def seconds_since_last(self, where: ir.BooleanValue | None = None) -> ir.Value:
        """Seconds since the last earlier payment of some kind; empty without any."""
        moment = self.rows[MOMENT]
        seen = moment if where is None else where.ifelse(moment, ibis.null("int64"))
        return moment - seen.max().over(self._window(None))

    def seconds_since_first(self) -> ir.Value:
        """Seconds since the first earlier payment; empty at first use."""
        moment = self.rows[MOMENT]
        return moment - moment.min().over(self._window(None))

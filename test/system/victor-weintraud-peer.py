"""Reads a JSON list of markets and prints a JSON list of labels, null or [members, window], for the trades of each.

The procedure of Victor and Weintraud 2021, step by step: networkx finds the strongly connected components of every layer,
and every run of trades is counted afresh. A market has trades [from, to, time, amount as text], the least occurrences,
windows and a margin in millionths of the mean.
"""

import json
import sys
from collections import Counter, defaultdict

import networkx


def often_connected(trades, occurrences):
    weights = Counter((a, b) for a, b, _, _ in trades if a != b)
    counts = {}
    while weights:
        layer = networkx.DiGraph(list(weights))
        for component in networkx.strongly_connected_components(layer):
            if len(component) > 1:
                key = tuple(sorted(component))
                counts[key] = counts.get(key, 0) + 1
        weights = {pair: weight - 1 for pair, weight in weights.items() if weight > 1}
    return [members for members, count in counts.items() if count >= occurrences]


def balanced(trades, rows, margin):
    while len(rows) > 1:
        balances = defaultdict(int)
        for row in rows:
            a, b, _, amount = trades[row]
            balances[a] -= amount
            balances[b] += amount
        total = sum(trades[row][3] for row in rows)
        if total > 0 and all(abs(left) * len(rows) * 10**6 <= margin * total for left in balances.values()):
            return rows
        rows = rows[:-1]
    return []


def labels(market):
    trades = [(a, b, time, int(amount)) for a, b, time, amount in market["trades"]]
    found = [None] * len(trades)
    components = often_connected(trades, market["occurrences"])
    for window in market["windows"]:
        for members in components:
            inside = set(members)
            groups = defaultdict(list)
            for row, (a, b, time, _) in enumerate(trades):
                if found[row] is None and a != b and a in inside and b in inside:
                    groups[time // window].append(row)
            for rows in groups.values():
                for row in balanced(trades, rows, market["margin"]):
                    found[row] = [list(members), window]
    return found


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([labels(market) for market in json.load(file)]))

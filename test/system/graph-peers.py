"""Reads graphs from a file of 32-bit integers and prints, a line of JSON for each, what igraph and leidenalg find.

The file holds for each graph the numbers of its nodes and edges, then source, target and weight of every edge. Cores and
communities leave loops out. Arguments: the file, the iterations of leidenalg, the objectives wanted.
"""

import json
import sys

import igraph
import leidenalg
import numpy

CPM_RESOLUTION = 0.1


def communities(graph, kind, iterations, scale=1, **options):
    found = leidenalg.find_partition(graph, kind, weights="weight", n_iterations=iterations, seed=1, **options)
    return {"membership": found.membership, "quality": found.quality() * scale}


def answer(nodes, rows, iterations, objectives):
    ends, weights = rows[:, :2], rows[:, 2]
    directed = igraph.Graph(n=nodes, edges=ends, directed=True)
    simple = igraph.Graph(n=nodes, edges=ends, directed=False)
    simple.es["weight"] = weights.tolist()
    simple.simplify(combine_edges="sum")
    found = {
        "strong": directed.connected_components(mode="strong").membership,
        "cores": simple.coreness(),
    }
    if "modularity" in objectives:
        found["modularity"] = communities(simple, leidenalg.ModularityVertexPartition, iterations)
    if "cpm" in objectives:
        # leidenalg counts an undirected edge in both directions, hence the half.
        found["cpm"] = communities(
            simple, leidenalg.CPMVertexPartition, iterations, 0.5, resolution_parameter=CPM_RESOLUTION
        )
    return found


def main(path, iterations, *objectives):
    data = numpy.fromfile(path, dtype=numpy.int32)
    at = 0
    while at < len(data):
        nodes, edges = (int(value) for value in data[at : at + 2])
        rows = data[at + 2 : at + 2 + 3 * edges].reshape(-1, 3)
        at += 2 + 3 * edges
        print(json.dumps(answer(nodes, rows, int(iterations), objectives)), flush=True)


main(*sys.argv[1:])

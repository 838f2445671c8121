"""One contender of graph.mjs in Python: reads a file of edges, does one task and prints what that took, as one line.

Usage: python graph-peers.py KIND TASK EDGES MEMBERSHIP
"""

import json
import resource
import sys
import time

import numpy


def igraph_graph(edges, directed):
    import igraph

    return igraph.Graph(n=int(edges.max()) + 1, edges=edges, directed=directed)


def networkit_graph(edges, directed):
    import networkit

    ends = numpy.ascontiguousarray(edges.T)
    return networkit.GraphFromCoo((ends[0], ends[1]), n=int(edges.max()) + 1, weighted=False, directed=directed)


def networkx_graph(edges, directed):
    import networkx

    graph = (networkx.DiGraph if directed else networkx.Graph)()
    graph.add_nodes_from(range(int(edges.max()) + 1))
    if directed:
        graph.add_edges_from(edges.tolist())
    else:
        # A networkx graph has no parallel edges: they are its weights.
        ends, counts = numpy.unique(numpy.sort(edges, axis=1), axis=0, return_counts=True)
        graph.add_weighted_edges_from(zip(*ends.T.tolist(), counts.tolist()))
    return graph


def igraph_strong(graph):
    return graph.connected_components(mode="strong").membership


def igraph_communities(graph):
    return graph.community_leiden(objective_function="modularity", n_iterations=2).membership


def leidenalg_communities(graph):
    import leidenalg

    return leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, n_iterations=2, seed=1).membership


def networkit_strong(graph):
    import networkit

    found = networkit.components.StronglyConnectedComponents(graph)
    return found.run().getPartition().getVector()


def networkit_communities(graph):
    import networkit

    return networkit.community.ParallelLeiden(graph).run().getPartition().getVector()


def groups_of(found, nodes):
    membership = numpy.zeros(nodes, dtype=numpy.int32)
    for number, group in enumerate(found):
        for node in group:
            membership[node] = number
    return membership


def networkx_strong(graph):
    import networkx

    return groups_of(networkx.strongly_connected_components(graph), len(graph))


def networkx_communities(graph):
    import networkx

    return groups_of(networkx.community.louvain_communities(graph, seed=1), len(graph))


CONTENDERS = {
    "igraph": (igraph_graph, igraph_strong, igraph_communities),
    "leidenalg": (igraph_graph, igraph_strong, leidenalg_communities),
    "networkit": (networkit_graph, networkit_strong, networkit_communities),
    "networkx": (networkx_graph, networkx_strong, networkx_communities),
}


def main(kind, task, file, memberships):
    load, strong, communities = CONTENDERS[kind]
    # Imports do not count.
    __import__(kind)
    cpu, start = time.process_time(), time.perf_counter()
    graph = load(numpy.fromfile(file, dtype=numpy.int32).reshape(-1, 2), task == "strong")
    loaded = time.perf_counter()
    membership = (strong if task == "strong" else communities)(graph)
    done, used = time.perf_counter(), time.process_time() - cpu
    array = numpy.asarray(membership, dtype=numpy.int32)
    array.tofile(memberships)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    groups = len(numpy.unique(array))
    print(json.dumps({"load": loaded - start, "work": done - loaded, "cpu": used, "groups": groups, "peak": peak}))


main(*sys.argv[1:])

// LEMON is used from its headers alone; without this its INVALID would have to come from its library.
#define LEMON_ONLY_TEMPLATES

#include "CNumericalMethods.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <new>
#include <vector>

int meedoen_minimum_cost_flow(
    int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to, const int64_t *capacity, const int64_t *cost,
    const int64_t *supply, int64_t *flow, int64_t *potential) {
  using Graph = lemon::SmartDigraph;
  using Simplex = lemon::NetworkSimplex<Graph, int64_t, int64_t>;
  try {
    Graph graph;
    graph.reserveNode(nodes);
    graph.reserveArc(arcs);
    for (int32_t node = 0; node < nodes; ++node) graph.addNode();
    for (int32_t arc = 0; arc < arcs; ++arc) graph.addArc(graph.nodeFromId(from[arc]), graph.nodeFromId(to[arc]));

    Graph::ArcMap<int64_t> capacities(graph), costs(graph);
    for (int32_t arc = 0; arc < arcs; ++arc) {
      capacities[graph.arcFromId(arc)] = capacity[arc];
      costs[graph.arcFromId(arc)] = cost[arc];
    }
    Graph::NodeMap<int64_t> supplies(graph);
    for (int32_t node = 0; node < nodes; ++node) supplies[graph.nodeFromId(node)] = supply[node];

    // Arcs stay in the order given, so that the same input gives the same one of several optimal flows.
    Simplex simplex(graph, false);
    simplex.upperMap(capacities).costMap(costs).supplyMap(supplies);
    switch (simplex.run(Simplex::BLOCK_SEARCH)) {
    case Simplex::INFEASIBLE: return meedoen_flow_infeasible;
    case Simplex::UNBOUNDED: return meedoen_flow_unbounded;
    case Simplex::OPTIMAL: break;
    }
    for (int32_t arc = 0; arc < arcs; ++arc) flow[arc] = simplex.flow(graph.arcFromId(arc));
    for (int32_t node = 0; node < nodes; ++node) potential[node] = simplex.potential(graph.nodeFromId(node));
    return meedoen_flow_optimal;
  } catch (const std::bad_alloc &) {
    return meedoen_flow_out_of_memory;
  }
}

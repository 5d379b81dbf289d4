/**
 * Several servers over one PostgreSQL and one Redis on this machine, behind one port, for people to try what happens when
 * one ends: {@code mvn -q -Pcluster test-compile exec:java}. It stands beside the tests because the programs of PostgreSQL
 * and Redis do; the same nodes are what is measured in scaling.md.
 */
package chat.parley.cluster;

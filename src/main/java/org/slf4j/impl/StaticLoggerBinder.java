package org.slf4j.impl;

/**
 * Nothing calls it. Some application servers have an SLF4J of their own and give an application the one it brought only
 * when it brought this class too, by which SLF4J 1 knew where to log; what finds it today is a service instead.
 */
final class StaticLoggerBinder {

    private StaticLoggerBinder() {}
}

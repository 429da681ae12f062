package dev.countersign.mcp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns that have URIs in common, but neither of which is more special than the other one,
 * where no rule for exactly those URIs settles it. Not thread-safe, used once.
 */
final class UriOverlaps {

  // A sensible set of rules needs a few for each of its patterns.
  private static final int MAX_STEPS = 5_000_000;

  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    @Nullable UriPattern whole;
    @Nullable UriPattern below;
  }

  private final Node root = new Node();
  private final Map<String, Target> targets = new TreeMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<Target, String> found = new HashMap<>();
  private int steps;

  /** Takes a rule for resources. */
  void add(Target target) {
    if (!UriPattern.isPattern(target.name())) {
      settled.add(target.name());
      return;
    }
    UriPattern pattern = UriPattern.parse(target.name());
    settled.add(pattern.toString());
    Target other = targets.putIfAbsent(pattern.toString(), target);
    if (other != null) {
      found.put(target, "expected one rule for these URIs; there is another one: " + other.name());
      return;
    }
    Node node = root;
    for (String segment : pattern.segments()) {
      node = node.children.computeIfAbsent(segment, s -> new Node());
    }
    if (pattern.below()) {
      node.below = pattern;
    } else {
      node.whole = pattern;
    }
  }

  /** What is to be said about the targets, as far as it can be found in time. */
  Map<Target, String> find() {
    for (Target target : targets.values()) {
      search(UriPattern.parse(target.name()));
    }
    return found;
  }

  private void search(UriPattern pattern) {
    descend(root, pattern, 0, false, false);
  }

  /**
   * @param narrower whether the pattern has a literal segment where the node has a variable
   * @param wider whether it has a variable where the node has a literal segment
   */
  private void descend(Node node, UriPattern pattern, int depth, boolean narrower, boolean wider) {
    if (++steps > MAX_STEPS) {
      return;
    }
    int size = pattern.segments().size();
    if (pattern.below()) {
      // The one that goes deeper has to be the narrower one in every segment.
      boolean tie = depth < size ? wider : narrower && (wider || depth > size);
      compare(pattern, node.below, tie);
    } else if (depth == size) {
      compare(pattern, node.whole, narrower && wider);
    }
    if (depth < size) {
      next(node, pattern, depth, narrower, wider);
    } else if (pattern.below() && narrower) {
      node.children.values().forEach(one -> descend(one, pattern, depth + 1, true, wider));
    }
  }

  private void next(Node node, UriPattern pattern, int depth, boolean narrower, boolean wider) {
    String segment = pattern.segments().get(depth);
    for (Map.Entry<String, Node> child : reachable(node, segment).entrySet()) {
      boolean same = child.getKey().equals(segment);
      boolean variable = segment.equals(UriPattern.VARIABLE);
      descend(
          child.getValue(),
          pattern,
          depth + 1,
          narrower || (!same && !variable),
          wider || (!same && variable));
    }
  }

  private static Map<String, Node> reachable(Node node, String segment) {
    if (segment.equals(UriPattern.VARIABLE)) {
      return node.children;
    }
    Map<String, Node> some = new HashMap<>();
    for (String key : segment.isEmpty() ? Set.of("") : Set.of(segment, UriPattern.VARIABLE)) {
      Node child = node.children.get(key);
      if (child != null) {
        some.put(key, child);
      }
    }
    return some;
  }

  private void compare(UriPattern pattern, @Nullable UriPattern other, boolean tie) {
    // Each pair is met from both sides.
    if (other == null || !tie || pattern.toString().compareTo(other.toString()) > 0) {
      return;
    }
    String both = pattern.and(other).toString();
    Target target = targets.get(pattern.toString());
    Target second = targets.get(other.toString());
    if (target != null && second != null && !settled.contains(both)) {
      found.put(
          target,
          "neither this nor "
              + second.name()
              + " is more special, so that both would be denied; expected a rule for "
              + both);
    }
  }
}

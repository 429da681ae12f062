package dev.countersign.listener;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Passthrough;
import dev.countersign.spi.Repair;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Counts decisions by their reason, and by nothing else: no user, client, path or tool makes a
 * counter of its own. Shows the findings of the self-check beside them. Thread-safe; counting takes
 * no lock.
 */
public final class DecisionCounters
    implements DecisionListener, DecisionCountersMXBean, AutoCloseable {

  private static final int MAX_ENGINES = 1000;

  private final LongAdder granted = new LongAdder();
  private final LongAdder open = new LongAdder();
  private final LongAdder undecided = new LongAdder();
  private final LongAdder tokensInQuery = new LongAdder();
  private final LongAdder tokensPassedOn = new LongAdder();
  private final LongAdder repairs = new LongAdder();
  private final Map<Denial, LongAdder> denied = new EnumMap<>(Denial.class);
  private final AtomicReference<@Nullable ObjectName> published = new AtomicReference<>();

  private volatile List<Finding> findings = List.of();

  /** All counts are 0, and nobody sees them yet. */
  public DecisionCounters() {
    for (Denial why : Denial.values()) {
      denied.put(why, new LongAdder());
    }
  }

  /**
   * Shows the counts through the platform's MBean server, as {@code
   * dev.countersign:type=Decisions,resource="RESOURCE"}; a second engine for the same resource gets
   * {@code ,engine=2} behind it. To be called once.
   *
   * @param resource the resource identifier
   * @throws IllegalStateException if the MBean server refuses
   */
  public void publish(String resource) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String name = "dev.countersign:type=Decisions,resource=" + ObjectName.quote(resource);
    for (int engine = 1; engine <= MAX_ENGINES && published.get() == null; engine++) {
      try {
        ObjectName free = new ObjectName(engine == 1 ? name : name + ",engine=" + engine);
        server.registerMBean(this, free);
        published.set(free);
      } catch (InstanceAlreadyExistsException e) {
        // Another engine has this name: the next one.
      } catch (JMException e) {
        throw new IllegalStateException("the MBean server refuses the counters", e);
      }
    }
  }

  @Override
  public void onDecision(DecisionEvent event) {
    Decision decision = event.decision();
    if (decision instanceof Decision.Denied refusal) {
      LongAdder counter = denied.get(refusal.why());
      if (counter != null) {
        counter.increment();
      }
    } else if (decision instanceof Decision.Granted) {
      granted.increment();
    } else if (decision instanceof Decision.Open) {
      open.increment();
    } else {
      undecided.increment();
    }
    if (event.tokenInQuery()) {
      tokensInQuery.increment();
    }
  }

  @Override
  public void onPassthrough(Passthrough passthrough) {
    tokensPassedOn.increment();
  }

  @Override
  public void onRepair(Repair repair) {
    repairs.increment();
  }

  @Override
  public Map<String, Long> getDecisions() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("GRANTED", granted.sum());
    counts.put("OPEN", open.sum());
    counts.put("UNDECIDED", undecided.sum());
    denied.forEach((why, counter) -> counts.put(why.name(), counter.sum()));
    return counts;
  }

  @Override
  public long getTokensInQuery() {
    return tokensInQuery.sum();
  }

  @Override
  public long getTokensPassedOn() {
    return tokensPassedOn.sum();
  }

  @Override
  public long getRepairs() {
    return repairs.sum();
  }

  /**
   * Shows what the self-check has found, in place of what was shown before.
   *
   * @param all every finding that stands
   */
  public void show(List<Finding> all) {
    findings = List.copyOf(all);
  }

  @Override
  public List<String> getFindings() {
    return findings.stream().map(finding -> finding.level() + " " + finding).toList();
  }

  @Override
  public int getFindingErrors() {
    return (int)
        findings.stream().filter(finding -> finding.level() == Finding.Level.ERROR).count();
  }

  /** Takes the counts out of the MBean server. */
  @Override
  public void close() {
    ObjectName name = published.getAndSet(null);
    if (name != null) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
      } catch (JMException e) {
        // Somebody else has taken it out: gone is gone.
        return;
      }
    }
  }
}

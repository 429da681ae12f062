package dev.countersign.it.springboot;

import dev.countersign.ResourceServer;
import dev.countersign.conformance.ContractRun;
import dev.countersign.it.servlet.ConformanceRow;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ResourceServerContract;
import dev.countersign.testkit.RunningServer;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** The contract with the filter registered as the README shows. */
class FilterRegistrationBeanIT extends ResourceServerContract {

  @Override
  protected RunningServer start(ResourceServer engine, ProbeApplication probe) {
    return SpringBootServer.start(
        probe,
        Map.of(),
        beans ->
            beans.registerBean(
                "countersign", FilterRegistrationBean.class, () -> registration(engine)));
  }

  /** The suite that strangers run, with its row in docs/conformance.md. */
  @Test
  void keepsEveryRuleOfTheConformanceSuite() throws IOException {
    ConformanceRow.check(
        ContractRun.of("springboot", endpoint(), endpointWithEverything(), authorizationServer()));
  }

  private static FilterRegistrationBean<ResourceServerFilter> registration(ResourceServer engine) {
    var filter = new FilterRegistrationBean<>(new ResourceServerFilter(engine));
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}

package dev.countersign.it.springboot;

import dev.countersign.ResourceServer;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ResourceServerContract;
import dev.countersign.testkit.RunningServer;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/**
 * The contract with the filter as a bean and nothing else. Spring Boot then maps it to requests
 * only, so that the error page of the application is not behind it; here there is none.
 */
class PlainBeanIT extends ResourceServerContract {

  @Override
  protected RunningServer start(ResourceServer engine, ProbeApplication probe) {
    return SpringBootServer.start(
        probe,
        Map.of("spring.autoconfigure.exclude", ErrorMvcAutoConfiguration.class.getName()),
        beans ->
            beans.registerBean(
                "countersign", ResourceServerFilter.class, () -> new ResourceServerFilter(engine)));
  }
}

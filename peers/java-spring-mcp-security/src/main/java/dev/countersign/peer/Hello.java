package dev.countersign.peer;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.stereotype.Service;

@Service
class Hello {

  @McpTool(name = "hello", description = "hello")
  String hello() {
    return "hello";
  }
}

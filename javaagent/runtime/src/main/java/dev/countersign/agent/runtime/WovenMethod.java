package dev.countersign.agent.runtime;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** One method with a call of the {@link Gate} before or after its body. */
final class WovenMethod extends MethodVisitor {

  private static final String OBJECT = "java/lang/Object";

  private final Type owner;
  private final HookPoint point;
  private final boolean isStatic;
  private final Type[] arguments;
  private final Type result;

  WovenMethod(MethodVisitor next, int access, String descriptor, Type owner, HookPoint point) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.point = point;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (point.weaving() == Weaving.GUARD) {
      guard();
    } else if (point.weaving() == Weaving.ARGUMENTS) {
      replaceArguments();
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (point.weaving() == Weaving.AFTER && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      callGate();
      super.visitInsn(Opcodes.POP);
    }
    super.visitInsn(opcode);
  }

  // if (gate.pass(…) != Boolean.TRUE) return;
  private void guard() {
    Label body = new Label();
    callGate();
    super.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/Boolean", "TRUE", "Ljava/lang/Boolean;");
    super.visitJumpInsn(Opcodes.IF_ACMPEQ, body);
    if (result.getSort() == Type.BOOLEAN) {
      super.visitInsn(Opcodes.ICONST_1);
      super.visitInsn(Opcodes.IRETURN);
    } else if (result.getSort() == Type.VOID) {
      super.visitInsn(Opcodes.RETURN);
    } else {
      throw new IllegalStateException("a guarded method returns nothing or a boolean");
    }
    super.visitLabel(body);
    super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    // A frame of the method itself may stand at its first instruction.
    super.visitInsn(Opcodes.NOP);
  }

  private void replaceArguments() {
    callGate();
    super.visitTypeInsn(Opcodes.CHECKCAST, "[L" + OBJECT + ";");
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < arguments.length; i++) {
      super.visitInsn(Opcodes.DUP);
      push(i);
      super.visitInsn(Opcodes.AALOAD);
      unbox(arguments[i]);
      super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), local);
      local += arguments[i].getSize();
    }
    super.visitInsn(Opcodes.POP);
  }

  /** Leaves the answer on the stack. */
  private void callGate() {
    super.visitLdcInsn(owner);
    push(arguments.length + 2);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    put(0, () -> super.visitLdcInsn(point.name()));
    if (!isStatic) {
      put(1, () -> super.visitVarInsn(Opcodes.ALOAD, 0));
    }
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < arguments.length; i++) {
      Type type = arguments[i];
      int variable = local;
      put(
          i + 2,
          () -> {
            super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
            box(type);
          });
      local += type.getSize();
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        GateDefinition.NAME,
        "pass",
        "(Ljava/lang/Class;[Ljava/lang/Object;)Ljava/lang/Object;",
        false);
  }

  private void put(int index, Runnable value) {
    super.visitInsn(Opcodes.DUP);
    push(index);
    value.run();
    super.visitInsn(Opcodes.AASTORE);
  }

  private void push(int number) {
    super.visitIntInsn(Opcodes.BIPUSH, number);
  }

  private void box(Type type) {
    if (isReference(type)) {
      return;
    }
    String wrapper = wrapper(type);
    String descriptor = "(" + type.getDescriptor() + ")L" + wrapper + ";";
    super.visitMethodInsn(Opcodes.INVOKESTATIC, wrapper, "valueOf", descriptor, false);
  }

  private void unbox(Type type) {
    if (isReference(type)) {
      super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
      return;
    }
    String wrapper = wrapper(type);
    super.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
    super.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        wrapper,
        type.getClassName() + "Value",
        "()" + type.getDescriptor(),
        false);
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  private static String wrapper(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      default -> throw new IllegalStateException("no hook point has an argument of type " + type);
    };
  }
}
